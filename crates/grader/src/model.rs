//! What grading gives: the one model that every report is made of.
//!
//! A class has students, a student has exercises, an exercise has tests, and each test has a verdict and its points.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::iter::Sum;

/// All that was graded in one run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// In the order of their names.
    pub students: Vec<Student>,
}

/// One student's work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Student {
    /// The name of the folder; empty where one program was named on the command line.
    pub name: String,
    /// What was graded, in the order of the lesson.
    pub exercises: Vec<Exercise>,
    /// What a grader should know of this student's folder as a whole: "it brings a build script, which was not used".
    pub notes: Vec<String>,
}

/// One exercise of one student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exercise {
    /// As in `exercises.toml`: `ex3-chat`.
    pub name: String,
    /// What was run, as one types it in a shell, or the file that was read. `None` where nothing was handed in.
    pub program: Option<String>,
    /// In the order of `exercises.toml`.
    pub tests: Vec<Test>,
    /// What the program did that it must not do, and that was contained: "it wanted more than 64 processes".
    pub contained: Vec<String>,
    /// What else a grader should know: what was not used, or could not be looked at.
    pub notes: Vec<String>,
    /// How long it took.
    pub milliseconds: u64,
}

/// One question that was asked of a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Test {
    /// The test's path in its crate: `required::it_sends::it_sends_the_message`.
    pub name: String,
    /// What became of it.
    pub verdict: Verdict,
    /// What it earned.
    pub points: Points,
    /// What it could earn. That of an `extra` test is a bonus, and counts in no maximum.
    pub of: Points,
    /// Whether it is a bonus.
    pub is_extra: bool,
    /// Why it did not pass. It is plain text, safe to show, and bounded.
    pub report: Option<Report>,
}

/// What became of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The program does what was asked.
    Pass,
    /// It does not.
    Fail,
    /// What the test asks about never happened. It earns nothing.
    NotJudged,
    /// The fault lies with the machine. It is no zero: somebody must look.
    CouldNotGrade,
}

/// Why a test did not pass, in the words of the test's own report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Report {
    /// The fault in plain words, in one line: the first line that a student reads.
    pub summary: String,
    /// What the contract says; empty where the test never got so far, as below.
    pub contract: String,
    /// What was expected.
    pub expected: String,
    /// What arrived.
    pub arrived: String,
    /// What to look at.
    pub hint: String,
    /// The command that shows the same by hand.
    pub try_it: String,
    /// The whole report, as `cargo test` shows it.
    pub text: String,
}

/// Points, in quarters, so that sums are exact.
///
/// ```ignore
/// assert_eq!(Points::from_quarters(3).to_string(), "0.75");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(u32);

impl Points {
    /// So many quarters of a point.
    #[must_use]
    pub fn from_quarters(quarters: u32) -> Self {
        Self(quarters)
    }

    /// How many quarters of a point.
    #[must_use]
    pub fn quarters(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = ["", ".25", ".5", ".75"][self.0 as usize % 4];
        write!(f, "{}{part}", self.0 / 4)
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        Self(points.map(|points| points.0).sum())
    }
}

impl Exercise {
    /// What it earned, with what the `extra` tests add.
    #[must_use]
    pub fn points(&self) -> Points {
        self.tests.iter().map(|test| test.points).sum()
    }

    /// What it could earn, without a bonus.
    #[must_use]
    pub fn of(&self) -> Points {
        self.tests.iter().filter(|test| !test.is_extra).map(|test| test.of).sum()
    }

    /// Whether somebody must look at it, since the machine was at fault.
    #[must_use]
    pub fn could_not_grade(&self) -> bool {
        self.tests.iter().any(|test| test.verdict == Verdict::CouldNotGrade)
    }
}
