//! What each test says, written for a grader into a file that the program under test cannot reach.
//!
//! The test harness's own lines are for people: they also show what a program wrote, and it may write such lines itself. Each line
//! of the file is a JSON object. `test` is the test's name, `is` one of these:
//!
//! - `begun`: it has a program under test;
//! - `passed`: it has come to its end and has said nothing else. No test passes without this line;
//! - `failed`, `not judged`, `could not grade`: with its report;
//! - `panicked`: by an `assert!` of its own, which is no verdict about a program: the test or the machine is at fault.

use super::{COULD_NOT_GRADE, NOT_JUDGED};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::panic;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::thread;

/// The environment variable that names the file. No program under test gets it.
pub const VERDICTS: &str = "SESSION08_VERDICTS";

/// Without one nobody grades, and nothing is written.
static FILE: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    let file = env::var_os(VERDICTS).map(PathBuf::from)?;
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let payload = panic.payload();
        let text = payload.downcast_ref::<String>().map(String::as_str).or(payload.downcast_ref::<&str>().copied());
        let text = text.unwrap_or_default();
        let kind = if text.trim_start().starts_with(COULD_NOT_GRADE) { "could not grade" } else { "panicked" };
        note(kind, &Details { text, ..Details::default() });
        before(panic);
    }));
    Some(file)
});

thread_local! {
    /// The test of this thread, once it has a program under test.
    static TEST: RefCell<Option<RunningTest>> = const { RefCell::new(None) };
}

/// The parts of a report, as far as it has them.
#[derive(Default)]
pub struct Details<'a> {
    /// What the contract says.
    pub contract: &'a str,
    /// What was expected.
    pub expected: &'a str,
    /// What arrived.
    pub arrived: &'a str,
    /// What to look at.
    pub hint: &'a str,
    /// The command that shows the same by hand.
    pub try_it: &'a str,
    /// All of it.
    pub text: &'a str,
}

/// A test that has begun and has said nothing yet. The harness waits for the end of its thread, where this is dropped.
struct RunningTest {
    name: String,
    has_said: bool,
}

impl Drop for RunningTest {
    fn drop(&mut self) {
        if !self.has_said {
            write(&json!({"test": self.name, "is": "passed"}));
        }
    }
}

/// Notes that this thread's test has a program under test, once.
pub fn begin() {
    // The harness gives a test's name to its thread.
    let Some(name) = thread::current().name().filter(|_| FILE.is_some()).map(str::to_string) else { return };
    TEST.with_borrow_mut(|test| {
        test.get_or_insert_with(|| {
            write(&json!({"test": name, "is": "begun"}));
            RunningTest { name, has_said: false }
        });
    });
}

/// Notes the verdict of a test that is about to fail with this report.
pub fn note_failure(details: &Details) {
    let kind = match details.text.trim_start() {
        text if text.starts_with(NOT_JUDGED) => "not judged",
        text if text.starts_with(COULD_NOT_GRADE) => "could not grade",
        _ => "failed",
    };
    begin();
    note(kind, details);
}

fn note(kind: &str, details: &Details) {
    // A thread that ends has none any more.
    let name = TEST.try_with(|test| {
        let mut test = test.try_borrow_mut().ok()?;
        let test = test.as_mut()?;
        test.has_said = true;
        Some(test.name.clone())
    });
    let name = name.ok().flatten().or_else(|| thread::current().name().map(str::to_string));
    let Details { contract, expected, arrived, hint, try_it, text } = details;
    write(&json!({
        "test": name, "is": kind, "contract": contract, "expected": expected, "arrived": arrived, "hint": hint,
        "try it": try_it, "text": text.trim(),
    }));
}

/// Each line is written at once, so that those of several tests do not mix.
fn write(line: &Value) {
    let Some(file) = FILE.as_ref() else { return };
    let opened = OpenOptions::new().append(true).create(true).open(file);
    // What cannot be written is missing there, and is no pass.
    let _ = opened.and_then(|mut opened| opened.write_all(format!("{line}\n").as_bytes()));
}
