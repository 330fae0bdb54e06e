//! The starters, from which students begin: that they never drift from the solutions, begin as they should, and can be finished.

mod students;

use crate::release::release;
use crate::support::workspace::{Exercise, code, read};
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::str::contains;
use std::fs;
use std::path::{Path, PathBuf};
use students::{Students, Verdict};

/// How many lines `cargo test` of an untouched starter may print, besides the names of the tests, which libtest lists twice.
const MAX_LINES: usize = 32;

/// The programs of beginners, who type what the starter's comments say.
fn beginners(exercise: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lab/starters").join(exercise)
}

/// What the two have in common is the same. The other modules are the same files: `mod options;` finds them in place.
#[test]
fn a_starter_says_what_its_solution_says() {
    for exercise in Exercise::with_starters() {
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

/// A beginner has typed lines into the starter, and changed nothing else of it.
#[test]
fn a_beginners_program_is_the_starter_with_lines_put_in() {
    for exercise in Exercise::with_starters() {
        let folder = beginners(exercise.name());
        let Ok(program) = fs::read_to_string(folder.join("main.rs")) else { continue };
        let starter = read(exercise.folder().join("src/starter.rs"));
        // What is not written yet: single lines, and the ends of functions.
        let (mut kept, mut is_hole) = (Vec::new(), false);
        for line in starter.lines() {
            is_hole |= line.starts_with("    let _ = ") || line.starts_with("    Err(Problem::not_written(");
            is_hole &= line != "}";
            if !is_hole && !line.trim().starts_with("let _ = ") {
                kept.push(line);
            }
        }
        let mut lines = program.lines();
        let uses = |line: &str| line.strip_prefix("// use ").map(|rest| format!("use {rest}"));
        for line in kept {
            let line = uses(line).unwrap_or_else(|| line.to_string());
            let is_code = !line.is_empty() && !line.trim_start().starts_with("//");
            assert!(!is_code || lines.any(|other| other == line), "{}: {line}", exercise.name());
        }
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
    // In a folder that is no repository something is open: that it says so is all that is asked here.
    let list = students.cargo(&["lab", "check"]);
    assert!(list.text.contains("cargo test -p ") || list.text.contains("is not written yet"), "{}", list.text);
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
    if beginners(name).is_dir() {
        students.fill(&beginners(name), "src");
        passes(&students);
    }
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
    for once in ["this program is not written yet", missing, "All tests fail for this reason"] {
        assert_eq!(output.text.matches(once).count(), 1, "{once}: {}", output.text);
    }
    let output = students.cargo(&["test", "--locked", "--offline"]);
    assert!(!output.text.contains("panicked at"), "{}", output.text);
    let lines = output.text.lines().count();
    let most = MAX_LINES + 2 * failed.len();
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
    for exercise in Exercise::with_starters() {
        check(exercise.name(), exercise.text("missing"));
    }
}
