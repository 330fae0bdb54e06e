//! The starters, `cargo lab export --starter` and `cargo lab release`: what is in them, that they begin as they should, and that what
//! is to be written can be written.

use assert_cmd::cargo::cargo_bin_cmd;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const EXERCISES: [&str; 5] = ["client", "ex2-ping", "ex3-chat", "ips", "server"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn release(folder: &Path) {
    cargo_bin_cmd!("lab").arg("release").arg(folder).assert().code(0).stdout(contains("cargo test -p client"));
}

/// All files below a folder, with their paths in it.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    fn gather(folder: &Path, name: &Path, all: &mut BTreeMap<PathBuf, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = name.join(entry.file_name());
            if entry.path().is_dir() {
                gather(&entry.path(), &name, all);
            } else {
                all.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    gather(folder, Path::new(""), &mut all);
    all
}

/// Lines of a solution that its starter does not have.
#[derive(Default)]
struct Solution {
    /// Those between the marks, each of which is the lesson.
    marked: BTreeSet<String>,
    /// Those of files that the starter does not have. One of them may well stand elsewhere by chance, two in a row do not.
    left_out: BTreeSet<String>,
}

impl Solution {
    fn of(exercise: &str, starter: &Path) -> Self {
        let (mut solution, mut given) = (Self::default(), BTreeSet::new());
        for (name, text) in files(&root().join("crates").join(exercise).join("src")) {
            let is_left_out = !starter.join("src").join(&name).exists();
            // Whatever the exporter makes of the marks: these are the solution's.
            let is_known = ["failures.rs", "accept.rs", "talk.rs"].iter().any(|known| name.ends_with(known));
            assert!(is_left_out || !is_known, "{} is in the starter", name.display());
            let mut is_marked = false;
            for line in text.lines().map(str::trim) {
                match line {
                    "// BEGIN SOLUTION" => is_marked = true,
                    "// END SOLUTION" => is_marked = false,
                    _ if line.starts_with("// STUB:") => _ = given.insert(line["// STUB:".len()..].trim().to_string()),
                    // Imports, and what is in any program: brackets, `loop {`, `Ok(())`, a buffer, an error passed on.
                    _ if line.len() < 28
                        || ["use ", "///", "let mut buffer", ".map_err("].iter().any(|it| line.starts_with(it)) => {}
                    _ if is_left_out => _ = solution.left_out.insert(line.to_string()),
                    _ if is_marked => _ = solution.marked.insert(line.to_string()),
                    _ => _ = given.insert(line.to_string()),
                }
            }
        }
        Self { marked: &solution.marked - &given, left_out: &solution.left_out - &given }
    }

    /// What of it stands in a text.
    fn found_in<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let marked = lines.iter().filter(|line| self.marked.contains(**line));
        let in_a_row = lines.windows(2).filter(|two| two.iter().all(|line| self.left_out.contains(*line)));
        marked.chain(in_a_row.flatten()).copied().collect()
    }
}

/// "with no solution line in it"
#[test]
fn a_release_holds_no_line_of_any_solution() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    let files = files(folder.path());
    for exercise in EXERCISES {
        let solution = Solution::of(exercise, &folder.path().join("crates").join(exercise));
        assert!(solution.marked.len() > 5, "{exercise} has no marks around its solution: {:?}", solution.marked);
        for (name, text) in &files {
            let found = solution.found_in(text);
            assert!(found.is_empty(), "{} has lines of the solution of {exercise}: {found:#?}", name.display());
            let marks = ["BEGIN SOLUTION", "END SOLUTION", "STUB: "];
            assert!(!marks.iter().any(|mark| text.contains(mark)), "{} has marks in it", name.display());
        }
    }
}

/// "the whole student repository (starters, tests, `common`, `nc`, the lesson, tables empty, CI that runs `cargo test -p` for each)"
#[test]
fn a_release_is_a_whole_repository() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    let files = files(folder.path());
    let workflow = &files[Path::new(".github/workflows/ci.yml")];
    for exercise in EXERCISES {
        for file in ["Cargo.toml", "README.md", "src/main.rs", "tests/contract/required.rs"] {
            assert!(files.contains_key(&Path::new("crates").join(exercise).join(file)), "{file} of {exercise}");
        }
        assert!(workflow.contains(exercise), "{workflow}");
    }
    assert!(workflow.contains("cargo test -p ${{ matrix.exercise }}"), "{workflow}");
    let given =
        ["crates/common/src/lib.rs", "crates/nc/src/main.rs", "README.md", "session-08/README.md", ".gitignore"];
    for file in given {
        assert!(files.contains_key(Path::new(file)), "{file}");
    }
    for table in ["IPs.txt", "Ex2.txt"] {
        let template = root().join("crates/lab/tables").join(table);
        assert_eq!(files[&Path::new("session-08").join(table)], fs::read_to_string(template).unwrap());
    }
    assert!(files[Path::new("crates/client/README.md")].contains("yours to write"));
    let gone = |name: &&PathBuf| name.ends_with("STARTER.md") || name.to_string_lossy().contains("submissions");
    assert_eq!(files.keys().find(gone), None);
}

/// Every link of a page leads to something that is there.
#[test]
fn the_pages_of_a_release_link_to_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    for (page, text) in files(folder.path()) {
        for link in text.split("](").skip(1).filter(|_| page.extension().is_some_and(|extension| extension == "md")) {
            let link = link.split(')').next().unwrap();
            let is_there = link.starts_with("https://") || folder.path().join(&page).with_file_name(link).exists();
            assert!(is_there, "{}: {link}", page.display());
        }
    }
}

/// "Refuses to write over a student's work (`--force` says what it will overwrite)."
#[test]
fn a_release_is_not_written_over_work() {
    let folder = tempfile::tempdir().unwrap();
    release(folder.path());
    release(folder.path());
    let work = folder.path().join("crates/client/src/main.rs");
    fs::write(&work, "// a night of work").unwrap();
    let again = || cargo_bin_cmd!("lab");
    again().arg("release").arg(folder.path()).assert().code(1).stderr(contains("1 files would be written over"));
    assert_eq!(fs::read_to_string(&work).unwrap(), "// a night of work");
    let forced = again().arg("release").arg(folder.path()).arg("--force").assert().code(0);
    forced.stdout(contains("written over: crates").and(contains("main.rs")));
}

/// A tool is not an exercise.
#[test]
fn there_is_no_starter_of_a_tool() {
    let folder = tempfile::tempdir().unwrap();
    let mut export = cargo_bin_cmd!("lab");
    export.args(["export", "nc", "--starter"]).arg(folder.path());
    export.assert().code(1).stderr(contains("there is no starter of nc\ncause: it is a tool"));
}

/// A students' repository, in which cargo works offline.
struct Students {
    folder: tempfile::TempDir,
}

/// What came of the tests of an exercise.
struct Verdict {
    failed: BTreeSet<String>,
    passed: BTreeSet<String>,
    output: String,
}

impl Students {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        release(folder.path());
        Self { folder }
    }

    fn crates(&self, exercise: &str) -> PathBuf {
        self.folder.path().join("crates").join(exercise)
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        // One folder for all that is built by these tests, so that only what changes is built again.
        let target = root().join("target/students");
        cargo.args(arguments).arg("--offline").current_dir(self.folder.path());
        cargo.env("CARGO_TARGET_DIR", target).env("RUST_BACKTRACE", "0").env_remove("SESSION08_CMD");
        cargo
    }

    fn test(&self, exercise: &str) -> Verdict {
        let output = self.cargo(&["test", "--package", exercise, "--test", "contract"]).output().unwrap();
        let output = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        let (mut failed, mut passed) = (BTreeSet::new(), BTreeSet::new());
        for line in output.lines() {
            let Some((name, verdict)) = line.strip_prefix("test required::").and_then(|line| line.split_once(" ... "))
            else {
                continue;
            };
            if verdict == "ok" { &mut passed } else { &mut failed }.insert(name.to_string());
        }
        Verdict { failed, passed, output }
    }

    /// Puts files of the solution, or of a student, over those of the starter.
    fn fill(&self, exercise: &str, from: &Path) {
        for (name, text) in files(from) {
            let path = self.crates(exercise).join("src").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
}

/// "compiles without a warning"
#[test]
#[ignore = "starters: builds all of them; run by .ci/run"]
fn starters_compile_without_a_warning_and_are_formatted() {
    let students = Students::new();
    let build = students
        .cargo(&["check", "--workspace", "--all-targets", "--locked", "--message-format=json"])
        .output()
        .unwrap();
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    let lines = String::from_utf8_lossy(&build.stdout).into_owned();
    let messages = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let warnings: Vec<String> =
        messages.filter_map(|message| Some(message["message"]["rendered"].as_str()?.to_string())).collect();
    assert!(warnings.is_empty(), "{}", warnings.concat());
    let mut format = Command::new(env!("CARGO"));
    let format = format.args(["fmt", "--all", "--check"]).current_dir(students.folder.path()).output().unwrap();
    assert!(format.status.success(), "{}", String::from_utf8_lossy(&format.stdout));
}

/// "`--starter` writes the exercise to be done instead of the solution": as one folder, inside another workspace.
#[test]
#[ignore = "starters: builds all of them; run by .ci/run"]
fn an_exported_starter_builds_alone() {
    let students = Students::new();
    for exercise in EXERCISES {
        let folder = students.folder.path().join(exercise);
        let mut export = cargo_bin_cmd!("lab");
        export.args(["export", exercise, "--starter"]).arg(&folder).assert().code(0);
        let mut check = students.cargo(&["check", "--all-targets", "--locked"]);
        let checked = check.current_dir(&folder).output().unwrap();
        let said = String::from_utf8_lossy(&checked.stderr);
        assert!(checked.status.success() && !said.contains("warning"), "{said}");
        let main = fs::read_to_string(folder.join("src/main.rs")).unwrap();
        assert_eq!(main, fs::read_to_string(students.crates(exercise).join("src/main.rs")).unwrap());
    }
}

/// "fails the tests in the way a student should see first"
#[track_caller]
fn begins(students: &Students, exercise: &str, says: &str) {
    let verdict = students.test(exercise);
    assert!(!verdict.failed.is_empty(), "nothing failed: {}", verdict.output);
    assert!(verdict.passed.is_empty(), "{exercise}: {}", verdict.output);
    for (part, count) in [("is not written yet", 1), (says, 1), ("hint: ", verdict.failed.len())] {
        assert!(verdict.output.matches(part).count() >= count, "{exercise} does not say {part}: {}", verdict.output);
    }
    assert!(!verdict.output.contains("panicked at"), "{exercise}: {}", verdict.output);
}

#[track_caller]
fn passes(students: &Students, exercise: &str) {
    let verdict = students.test(exercise);
    assert!(verdict.failed.is_empty() && !verdict.passed.is_empty(), "{exercise}: {}", verdict.output);
}

/// From the starter to the end, and "filled with the solution they pass".
#[test]
#[ignore = "starters: builds all of them; run by .ci/run"]
fn starters_fail_as_a_student_should_see_first_and_pass_when_filled() {
    let students = Students::new();
    for (exercise, says) in [
        ("client", "open src/main.rs in the folder client, and write them in the function run"),
        ("ex3-chat", "open src/main.rs in the folder ex3-chat, and write them in the function send"),
        ("server", "open src/main.rs in the folder server, and write them in the function run"),
        ("ips", "open src/interfaces/unix.rs (on Windows windows.rs) in the folder ips"),
        ("ex2-ping", "open src/icmp.rs in the folder ex2-ping"),
    ] {
        begins(&students, exercise, says);
    }
    // What a beginner writes who knows the lesson and no more.
    for exercise in ["client", "ex3-chat", "server"] {
        students.fill(exercise, &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lab/starters").join(exercise));
        passes(&students, exercise);
    }
    for exercise in EXERCISES {
        students.fill(exercise, &root().join("crates").join(exercise).join("src"));
        // With what its solution needs besides.
        fs::copy(root().join("crates").join(exercise).join("Cargo.toml"), students.crates(exercise).join("Cargo.toml"))
            .unwrap();
    }
    fs::copy(root().join("Cargo.lock"), students.folder.path().join("Cargo.lock")).unwrap();
    for exercise in EXERCISES {
        passes(&students, exercise);
    }
}
