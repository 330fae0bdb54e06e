//! `cargo lab release --gradescope` and `--classroom50`, in folders like those of the services.

use super::{class, run};
use crate::support::workspace::root;
use assert_cmd::cargo::cargo_bin_cmd;
use predicates::str::contains;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The kits are copies of this workspace: built beside it, or side by side, they would write the same programs over each other.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A shell in which kits are built in a folder of their own.
fn shell(folder: &Path, command: &str) -> Command {
    let mut shell = super::shell(folder, command);
    shell.env("CARGO_TARGET_DIR", root().join("target/autograders"));
    shell
}

fn release(service: &str, folder: &Path) -> assert_cmd::assert::Assert {
    cargo_bin_cmd!("lab").args(["release", service]).arg(folder).assert().code(0)
}

fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().unwrap().len() }).sum()
}

/// `/autograder` as Gradescope lays it out: the files of the archive in `source`, `run_autograder` beside it.
#[test]
#[ignore = "needs python3 and some time"]
fn gradescopes_autograder_writes_results() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let autograder = folder.path().join("autograder");
    let source = autograder.join("source");
    release("--gradescope", &source).stdout(contains("zip -qr"));
    fs::create_dir(autograder.join("results")).unwrap();
    fs::copy(source.join("run_autograder"), autograder.join("run_autograder")).unwrap();

    let mut setup = shell(folder.path(), "./setup.sh");
    run(setup.current_dir(&source).env("AUTOGRADER", &autograder), &[0]);
    let called = fs::read_to_string(folder.path().join("called")).unwrap();
    assert!(called.contains("apt-get install") && called.contains("python3") && called.contains("curl "), "{called}");

    let results = autograder.join("results/results.json");
    let status = |title: &str| {
        let read: Value = serde_json::from_slice(&fs::read(&results).unwrap()).unwrap();
        let test = read["tests"].as_array().unwrap().iter().find(|test| test["name"] == title);
        test.unwrap_or_else(|| panic!("no {title}: {read:#}"))["status"].as_str().unwrap().to_string()
    };
    for (name, first, newline) in
        [("ana", "passed", "passed"), ("ben", "passed", "failed"), ("eva", "failed", "failed")]
    {
        class::submission(&autograder.join("submission"), name);
        let mut autograder_run = shell(folder.path(), "./run_autograder");
        run(autograder_run.current_dir(&autograder).env("AUTOGRADER", &autograder), &[0]);
        assert_eq!(status("ex3-chat: it sends what is typed"), first, "{name}");
        assert_eq!(status("ex3-chat: it adds no newline"), newline, "{name}");
        fs::remove_dir_all(autograder.join("submission")).unwrap();
        fs::remove_file(&results).unwrap();
    }
}

/// A student's repository, in which Classroom 50's runner starts the script, and a result that the student brings along.
#[test]
#[ignore = "needs python3 and some time"]
fn classroom_50s_autograder_writes_a_result() {
    let _alone = alone();
    let folder = tempfile::tempdir().unwrap();
    let bundle = folder.path().join("bundle");
    release("--classroom50", &bundle).stdout(contains("autograders"));
    // The runner takes no larger bundle, packed.
    assert!(size(&bundle) < 10 << 20, "{} bytes", size(&bundle));

    let submission = class::submission(&folder.path().join("submission"), "ben");
    let result = submission.join("result.json");
    fs::write(&result, "{\"score\": 100}").unwrap();
    let autograder = |with: &[(&str, &str)]| {
        let mut shell = shell(folder.path(), &format!("python3 '{}/autograder.py'", bundle.display()));
        shell.current_dir(&submission).envs(with.iter().copied());
        run(&mut shell, &[0])
    };
    let environment = [
        ("CLASSROOM", "networks"),
        ("ASSIGNMENT", "session-08"),
        ("SUBMISSION_TAG", "submit/1"),
        ("COMMIT_URL", "https://example.com/c"),
        ("RELEASE_URL", "https://example.com/r"),
        ("REVIEW_URL", "https://example.com/v"),
    ];
    let said = autograder(&environment);
    let read: Value = serde_json::from_slice(&fs::read(&result).unwrap_or_else(|e| panic!("{e}: {said}"))).unwrap();
    assert_eq!(read["schema"], "classroom50/result/v1");
    let passed = |title: &str| {
        let test = read["tests"].as_array().unwrap().iter().find(|test| test["test-name"] == title);
        test.unwrap_or_else(|| panic!("no {title}: {read:#}"))["passed"].as_bool().unwrap()
    };
    assert!(passed("ex3-chat: it sends what is typed") && !passed("ex3-chat: it adds no newline"));

    // Without a result the runner says that there was an error: the student's own must not take its place.
    fs::write(&result, "{\"score\": 100}").unwrap();
    let said = autograder(&[]);
    assert!(said.contains("CLASSROOM") || said.contains("COMMIT_URL"), "{said}");
    assert!(!result.exists());
}

/// Small files that a shell and Python can read.
#[test]
fn the_scripts_have_no_mistake_in_their_syntax() {
    let folder = tempfile::tempdir().unwrap();
    release("--gradescope", folder.path());
    run(
        &mut shell(
            folder.path(),
            "bash -n setup.sh && bash -n run_autograder && test -x setup.sh && test -x run_autograder",
        ),
        &[0],
    );
}
