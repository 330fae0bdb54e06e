//! The starters, from which students begin: that they never drift from the solutions, begin as they should, and can be finished.

mod students;

use crate::release::release;
use crate::support::workspace::{Exercise, code, read};
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::str::contains;
use std::fs;
use students::{Students, Verdict};

/// How many lines `cargo test` of an untouched starter may print.
const MAX_LINES: usize = 60;

/// Those that are no names of tests. libtest lists each test that fails twice, and 19 of them are too many for 60 lines.
const LINES_WITHOUT_NAMES: usize = 28;

/// The starter with a beginner's lines in it, who types what its comments say: `starters/NAME.rs` has a piece for each place that is
/// not written yet. That is a statement `let _ = …;`, or the end of a function from such a one, or from an error, on.
pub fn with_beginners_lines(exercise: &str, starter: &str) -> String {
    let lines = read(format!("crates/lab/tests/lab/starters/{exercise}.rs"));
    let mut pieces = lines.split("----\n");
    let (mut program, mut end) = (String::new(), None);
    for line in starter.lines() {
        let is_last = line.starts_with("    Err(Problem::not_written(") || line.starts_with("    let _ = ");
        if end.is_none() && (is_last || line.trim().starts_with("let _ = ")) {
            program += pieces.next().unwrap_or_else(|| panic!("{exercise}: nothing to write at {line}"));
            end = Some(if is_last { "}" } else { ";" });
        }
        match end {
            Some("}") if line == "}" => end = None,
            Some(";") if line.ends_with(';') => {
                end = None;
                continue;
            }
            Some(_) => continue,
            None => {}
        }
        program += if line.starts_with("// use ") { &line[3..] } else { line };
        program += "\n";
    }
    assert_eq!(pieces.next(), None, "{exercise}: more to write than is missing");
    program
}

/// What the two have in common is the same. The other modules are the same files: `mod options;` finds them in place.
#[test]
fn a_starter_says_what_its_solution_says() {
    for exercise in Exercise::all() {
        let source = |name: &str| read(exercise.folder().join("src").join(name));
        let (starter, solution) = (source("starter.rs"), source("main.rs"));
        let what = |text: &str| text.lines().next().unwrap().split_once(": ").unwrap().1.to_string();
        assert_eq!(what(&starter), what(&solution), "{}: the first line", exercise.name());
        let constants = |text: &str| -> Vec<String> {
            let lines: Vec<&str> = text.lines().collect();
            let with_comment = lines.windows(2).filter(|two| two[1].starts_with("const "));
            with_comment.map(<[&str]>::concat).collect()
        };
        for constant in constants(&starter) {
            assert!(constants(&solution).contains(&constant), "{}: {constant}", exercise.name());
        }
        assert_eq!(starter.contains("const PORT"), solution.contains("const PORT"), "{}: PORT", exercise.name());
        assert!(starter.contains("\nmod options;\n") && solution.contains("\nmod options;\n"), "{}", exercise.name());
        // The fixed texts that the lesson prints, up to the first thing that is filled in.
        let printed = code(&solution).filter(|line| line.contains("say(format!(\"") || line.contains("on_ctrl_c(\""));
        let fixed = printed.filter_map(|line| line.split('"').nth(1)).map(|text| text.split('{').next().unwrap());
        for text in fixed.filter(|text| text.len() > 8) {
            assert!(starter.contains(text), "{}: the starter does not say {text:?}", exercise.name());
        }
        assert!(starter.contains(exercise.text("missing")), "{}: {}", exercise.name(), exercise.text("missing"));
    }
    // The workshop's own has a part of its commands.
    let solution = read("crates/lab/src/main.rs");
    for line in code(&read("crates/lab/src/starter.rs")) {
        assert!(solution.lines().any(|other| other.trim() == line), "lab: {line}");
    }
}

/// A beginner's lines have a place in the starter, each of them.
#[test]
fn beginners_find_where_to_write() {
    for exercise in Exercise::all() {
        let starter = read(exercise.folder().join("src/starter.rs"));
        let program = with_beginners_lines(exercise.name(), &starter);
        assert!(!program.contains("\n    Err(Problem::not_written("), "{program}");
    }
}

/// A tool is not an exercise.
#[test]
fn there_is_no_starter_of_a_tool() {
    let folder = tempfile::tempdir().unwrap();
    let mut export = cargo_bin_cmd!("lab");
    export.args(["export", "nc", "--starter"]).arg(folder.path());
    export.assert().code(1).stderr(contains("there is no starter of nc\ncause: it is a tool"));
}

/// "compiles without a warning", and so does all else that students get.
#[test]
#[ignore = "starters: builds all of them; run by .ci/run"]
fn starters_in_a_release_compile_without_a_warning_and_are_formatted() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    let students = Students::at(folder.path());
    let checked = students.cargo(&["check", "--workspace", "--all-targets", "--locked", "--offline"]);
    assert!(checked.is_success && !checked.text.contains("warning"), "{}", checked.text);
    let formatted = students.cargo(&["fmt", "--all", "--check"]);
    assert!(formatted.is_success, "{}", formatted.text);
    // In a folder where nobody has begun everything is open: that it says so is all that is asked here.
    let list = students.cargo(&["lab", "check"]);
    assert!(list.text.contains("not written yet"), "{}", list.text);
}

/// From the first look at an exercise to its end: in a folder of its own, inside another workspace.
#[track_caller]
fn check(name: &str, missing: &str) {
    let foreign = tempfile::tempdir().unwrap();
    fs::write(foreign.path().join("Cargo.toml"), "[workspace]\n").unwrap();
    let export = |to: &str, starter: Option<&str>| {
        let folder = foreign.path().join(to);
        cargo_bin_cmd!("lab").args(["export", name]).arg(&folder).args(starter).assert().code(0);
        folder
    };
    let students = Students::at(&export("mine", Some("--starter")));
    let built = students.cargo(&["test", "--no-run", "--locked", "--offline"]);
    assert!(built.is_success && !built.text.contains("warning"), "{}", built.text);
    begins(&students, missing);
    let main = students.folder().join("src/main.rs");
    let starter = fs::read_to_string(&main).unwrap();
    fs::write(main, with_beginners_lines(name, &starter)).unwrap();
    passes(&students);
    let solution = export("solution", None);
    students.fill(&solution.join("src"), "src");
    for file in ["Cargo.toml", "Cargo.lock"] {
        fs::copy(solution.join(file), students.folder().join(file)).unwrap();
    }
    passes(&students);
}

/// "fails the tests in the way a student should see first"
#[track_caller]
fn begins(students: &Students, missing: &str) {
    let output = students.cargo(&["test", "--locked", "--offline", "--test", "contract"]);
    let Verdict { failed, passed } = Verdict::of(&output.text);
    assert!(!failed.is_empty() && passed.is_empty(), "{}", output.text);
    for once in ["this program is not written yet", missing, "Each test that needs it fails for this reason"] {
        assert_eq!(output.text.matches(once).count(), 1, "{once}: {}", output.text);
    }
    let output = students.cargo(&["test", "--locked", "--offline"]);
    assert!(!output.text.contains("panicked at"), "{}", output.text);
    let lines = output.text.lines().count();
    let listed = Verdict::of(&output.text).failed.len();
    let most = MAX_LINES.max(LINES_WITHOUT_NAMES + 2 * listed);
    assert!(lines <= most, "{lines} lines, and at most {most} are read: {}", output.text);
}

#[track_caller]
fn passes(students: &Students) {
    let output = students.cargo(&["test", "--locked", "--offline", "--test", "contract"]);
    let Verdict { failed, passed } = Verdict::of(&output.text);
    assert!(failed.is_empty() && !passed.is_empty(), "{}", output.text);
}

#[test]
#[ignore = "starters: builds all of them; run by .ci/run"]
fn starters_fail_as_a_student_should_see_first_and_pass_when_filled() {
    for exercise in Exercise::all() {
        check(exercise.name(), exercise.text("missing"));
    }
}
