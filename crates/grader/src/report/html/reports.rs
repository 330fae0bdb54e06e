//! The reports of a page, each once however many students have it.

use crate::model::{Report, Test, Verdict};
use std::collections::HashMap;

/// A report that one student has, or several.
pub struct Shared<'a> {
    pub exercise: &'a str,
    pub test: &'a Test,
    /// How many students have it.
    pub students: usize,
}

type Key<'a> = (&'a str, &'a str, Verdict, Option<&'a Report>);

/// All of them, in the order in which they are first met.
#[derive(Default)]
pub struct Reports<'a> {
    all: Vec<Shared<'a>>,
    numbers: HashMap<Key<'a>, usize>,
}

impl<'a> Reports<'a> {
    /// Counts one student's report, and gives its number.
    pub fn add(&mut self, exercise: &'a str, test: &'a Test) -> usize {
        let next = self.all.len();
        let number = *self.numbers.entry(key(exercise, test)).or_insert(next);
        if number == next {
            self.all.push(Shared { exercise, test, students: 0 });
        }
        self.all[number].students += 1;
        number
    }

    /// The number of a report that was added.
    pub fn number(&self, exercise: &'a str, test: &'a Test) -> Option<usize> {
        self.numbers.get(&key(exercise, test)).copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// With their numbers.
    pub fn all(&self) -> impl Iterator<Item = (usize, &Shared<'a>)> {
        self.all.iter().enumerate()
    }
}

fn key<'a>(exercise: &'a str, test: &'a Test) -> Key<'a> {
    (exercise, &test.name, test.verdict, test.report.as_ref())
}
