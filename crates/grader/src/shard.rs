//! A part of a class, for several machines, and the parts put together.

use crate::class::Entry;
use crate::model::{Class, Student};
use common::Problem;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::str::FromStr;

/// The part number `index` of `count`, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: usize,
    count: usize,
}

impl Default for Shard {
    /// All of it.
    fn default() -> Self {
        Self { index: 1, count: 1 }
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        match numbers {
            Some((index, count)) if 1 <= index && index <= count => Ok(Self { index, count }),
            _ => Err("write the part and how many there are, from 1/8 to 8/8".to_string()),
        }
    }
}

impl Shard {
    /// The students of this part: neighbours come into different parts, since alphabets are not fair.
    pub fn of(self, entries: &[Entry]) -> Vec<&Entry> {
        entries.iter().skip(self.index - 1).step_by(self.count).collect()
    }
}

/// Puts the parts together: the same class as one machine has graded. A [`Problem`] if a student is in two of them.
pub fn merge(files: &[PathBuf]) -> Result<Class, Problem> {
    let mut students: Vec<Student> = Vec::new();
    for file in files {
        let text = fs::read(file).map_err(Problem::reading(file))?;
        let class: Class = serde_json::from_slice(&text).map_err(|e| {
            let error = format!("{} is no part of a class", file.display());
            Problem::new(error, e, "name the files that cargo grade --shard … --json FILE has written")
        })?;
        students.extend(class.students);
    }
    let mut names = BTreeSet::new();
    if let Some(twice) = students.iter().find(|student| !names.insert(&student.name)) {
        return Err(Problem::new(
            format_args!("{} is in two of the parts", twice.name),
            "a part may have been named twice",
            "name each part once",
        ));
    }
    students.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(Class { students })
}

#[cfg(test)]
mod tests {
    use super::Shard;
    use crate::class::Entry;
    use std::collections::BTreeSet;

    #[test]
    fn every_student_is_in_one_part() {
        let entries: Vec<Entry> =
            (0..30).map(|number| Entry { name: format!("{number:02}"), folder: "x".into() }).collect();
        let parts = (1..=8).map(|index| format!("{index}/8").parse::<Shard>().unwrap());
        let all: Vec<&Entry> = parts.flat_map(|part| part.of(&entries)).collect();
        assert_eq!((all.len(), all.iter().collect::<BTreeSet<_>>().len()), (30, 30));
        for wrong in ["0/8", "9/8", "8", "a/b", "-1/3", "1/0", ""] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
