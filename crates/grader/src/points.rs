//! The points of each test, out of `exercises.toml`, where a teacher changes them.

use crate::model::Points;
use common::Problem;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use toml::{Spanned, Value};

/// More than this is a slip of the finger.
const MOST_POINTS: u32 = 1_000;

/// The points of all exercises, in the order of the lesson.
#[derive(Debug)]
pub struct Scheme {
    exercises: Vec<Entry>,
    text: String,
    name: String,
}

/// The part of an exercise's entry that is about points.
#[derive(Debug, Deserialize)]
struct Entry {
    name: String,
    #[serde(default)]
    points: BTreeMap<Spanned<String>, Spanned<Value>>,
    #[serde(default)]
    bonus: BTreeMap<Spanned<String>, Spanned<Value>>,
    #[serde(default)]
    needs: BTreeMap<Spanned<String>, Spanned<String>>,
}

#[derive(Debug, Deserialize)]
struct List {
    exercise: Vec<Entry>,
}

/// What one test earns.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Worth {
    /// The test's name.
    pub test: String,
    /// What it earns.
    pub points: Points,
    /// Whether it counts in no maximum.
    pub is_extra: bool,
    /// The test without which it earns nothing.
    pub needs: Option<String>,
}

impl Scheme {
    /// Reads the list. A [`Problem`] names the line.
    pub fn read(file: &Path) -> Result<Self, Problem> {
        let text = fs::read_to_string(file).map_err(Problem::reading(file))?;
        Self::parse(text, &file.display().to_string())
    }

    fn parse(text: String, name: &str) -> Result<Self, Problem> {
        let list: List = toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(&text, &span));
            let next = "correct this line; in a list of points it is \"a test's name\" = 0.25";
            Problem::new(format_args!("{name}, line {line}, cannot be read"), error.message().to_string(), next)
        })?;
        let scheme = Self { exercises: list.exercise, text, name: name.to_string() };
        for entry in &scheme.exercises {
            entry.points.values().chain(entry.bonus.values()).try_for_each(|value| scheme.points(value).map(drop))?;
        }
        Ok(scheme)
    }

    /// The names of the exercises.
    pub fn exercises(&self) -> impl Iterator<Item = &str> {
        self.exercises.iter().map(|entry| entry.name.as_str())
    }

    /// What these tests of an exercise earn: first those of `required`, in the order of the list. A [`Problem`] if one has no points,
    /// or points are given for a test that is not there.
    pub fn worth(&self, exercise: &str, tests: &[String]) -> Result<Vec<Worth>, Problem> {
        let Some(entry) = self.exercises.iter().find(|entry| entry.name == exercise) else { return Ok(Vec::new()) };
        let mut worth: Vec<(usize, Worth)> = Vec::new();
        for test in tests {
            let is_extra = !test.starts_with("required::") && !test.starts_with("rows::");
            let list = if is_extra { &entry.bonus } else { &entry.points };
            match longest(list, test) {
                Some((name, value)) => {
                    let needs = longest(&entry.needs, test).map(|(_, needed)| needed.get_ref().clone());
                    let needs = needs.filter(|needed| needed != test);
                    let worth_of_test = Worth { test: test.clone(), points: self.points(value)?, is_extra, needs };
                    // As written down, which is the order in which the lesson comes to it.
                    worth.push((name.span().start + usize::from(is_extra) * self.text.len(), worth_of_test));
                }
                None if is_extra => {}
                None => return Err(self.without_points(exercise, test)),
            }
        }
        let needed = entry.needs.iter().flat_map(|(name, needed)| [name, needed]);
        for name in entry.points.keys().chain(entry.bonus.keys()).chain(needed) {
            if !tests.iter().any(|test| fits(name.get_ref(), test)) {
                return Err(self.stale(exercise, name, tests));
            }
        }
        worth.sort_by_key(|(place, _)| *place);
        Ok(worth.into_iter().map(|(_, worth)| worth).collect())
    }

    fn points(&self, value: &Spanned<Value>) -> Result<Points, Problem> {
        let quarters = match value.get_ref() {
            Value::Integer(whole) => whole.checked_mul(4).and_then(|quarters| u32::try_from(quarters).ok()),
            Value::Float(points) => whole(points * 4.0),
            _ => None,
        };
        let points = quarters.filter(|quarters| *quarters <= 4 * MOST_POINTS).map(Points::from_quarters);
        points.ok_or_else(|| {
            let line = line_of(&self.text, &value.span());
            Problem::new(
                format_args!("{}, line {line}: {} are no points", self.name, value.get_ref()),
                "points are given in quarters",
                format_args!("write 0, 0.25, 0.5, 0.75, 1 and so on, {MOST_POINTS} at most"),
            )
        })
    }

    fn without_points(&self, exercise: &str, test: &str) -> Problem {
        Problem::new(
            format_args!("{}: the test {test} of {exercise} has no points", self.name),
            "no name in the list of its points fits",
            format_args!("write \"{test}\" = 0.25 below [exercise.points] of {exercise}"),
        )
    }

    fn stale(&self, exercise: &str, name: &Spanned<String>, tests: &[String]) -> Problem {
        let line = line_of(&self.text, &name.span());
        let last = name.get_ref().rsplit("::").next().unwrap_or_default();
        let near = tests.iter().find(|test| test.contains(last)).or(tests.first()).map_or("", String::as_str);
        Problem::new(
            format_args!("{}, line {line}: {exercise} has no test {}", self.name, name.get_ref()),
            "points are given for what is not there",
            format_args!("take the line away, or write a test's name: {near}, say"),
        )
    }
}

/// A number that is whole and not negative.
fn whole(number: f64) -> Option<u32> {
    (0..=4 * MOST_POINTS).find(|&quarters| (f64::from(quarters) - number).abs() < f64::EPSILON)
}

/// Whether it is the test's name, or that of a module around it.
fn fits(name: &str, test: &str) -> bool {
    test.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn longest<'a, Entry>(
    list: &'a BTreeMap<Spanned<String>, Entry>,
    test: &str,
) -> Option<(&'a Spanned<String>, &'a Entry)> {
    list.iter().filter(|(name, _)| fits(name.get_ref(), test)).max_by_key(|(name, _)| name.get_ref().len())
}

/// The line in which it begins, counted from 1.
fn line_of(text: &str, span: &Range<usize>) -> usize {
    text[..span.start.min(text.len())].matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::Scheme;

    const LIST: &str = "[[exercise]]\nname = \"chat\"\n\n[exercise.points]\n\"required::sends\" = 3\n\"required::bytes\" = 0.25\n\"required::bytes::long\" = 0\n";

    fn tests(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    fn error(text: &str, names: &[&str]) -> String {
        let worth = Scheme::parse(text.to_string(), "list").and_then(|scheme| scheme.worth("chat", &tests(names)));
        worth.unwrap_err().to_string()
    }

    #[test]
    fn the_longest_name_that_fits_counts_and_the_order_is_that_of_the_list() {
        let names = ["required::bytes::long", "required::bytes::newline", "required::sends", "extra::comfort"];
        let scheme = Scheme::parse(LIST.to_string(), "list").unwrap();
        let worth = scheme.worth("chat", &tests(&names)).unwrap();
        let shown: Vec<String> = worth.iter().map(|worth| format!("{} {}", worth.test, worth.points)).collect();
        assert_eq!(shown, ["required::sends 3", "required::bytes::newline 0.25", "required::bytes::long 0"]);
    }

    #[test]
    fn a_bonus_is_for_what_it_names() {
        let text = format!("{LIST}[exercise.bonus]\n\"extra\" = 0.5\n");
        let names = ["extra::comfort", "required::bytes::long", "required::sends", "failures::refused"];
        let worth = Scheme::parse(text, "list").unwrap().worth("chat", &tests(&names)).unwrap();
        let extras: Vec<&str> = worth.iter().filter(|worth| worth.is_extra).map(|worth| worth.test.as_str()).collect();
        assert_eq!(extras, ["extra::comfort"]);
        assert_eq!(worth.last().unwrap().test, "extra::comfort");
    }

    #[test]
    fn what_a_test_needs_is_another_one() {
        let needs = |needed: &str| format!("{LIST}[exercise.needs]\n\"required\" = \"{needed}\"\n");
        let names = ["required::sends", "required::bytes::long"];
        let scheme = Scheme::parse(needs("required::sends"), "list").unwrap();
        let worth = scheme.worth("chat", &tests(&names)).unwrap();
        let needed: Vec<Option<&str>> = worth.iter().map(|worth| worth.needs.as_deref()).collect();
        assert_eq!(needed, [None, Some("required::sends")]);
        assert!(
            error(&needs("required::answers"), &names).contains("list, line 9: chat has no test required::answers")
        );
    }

    #[test]
    fn errors_name_the_line_and_what_is_allowed() {
        let names = ["required::sends", "required::bytes::long"];
        for (from, to, said) in [
            ("= 3", "= 0.3", "list, line 5: 0.3 are no points"),
            ("= 3", "= -1", "list, line 5: -1 are no points"),
            ("= 3", "= 1e9", "line 5: 1000000000.0 are no points"),
            ("= 3", "= \"three\"", "line 5: \"three\" are no points"),
            ("= 0.25", "= ", "list, line 6, cannot be read"),
            ("sends\"", "send\"", "list: the test required::sends of chat has no points"),
            ("bytes::long\"", "bytes::short\"", "list, line 7: chat has no test required::bytes::short"),
        ] {
            let problem = error(&LIST.replacen(from, to, 1), &names);
            assert!(problem.contains(said), "{to}: {problem}");
        }
        assert!(error(&LIST.replacen("= 3", "= 0.3", 1), &names).contains("write 0, 0.25, 0.5"));
    }
}
