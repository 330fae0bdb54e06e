//! The gallery of submissions: programs as students hand them in, right ones and wrong ones, each with one fault. The tests of
//! `required` must pass all right ones, and fail each wrong one exactly where its file says.
//!
//! A verdict that nobody trusts is worth nothing: this is the test of the tests.
#![cfg(unix)]

mod verdict;

use crate::pages::{Step, steps_of};
use crate::support::workspace::Exercise;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError, RwLock};
use std::thread;
use verdict::{Verdict, names_of};

/// How many submissions are tested at once: they wait most of the time.
const AT_ONCE: usize = 4;

/// What no submission can fail alone: without a reply nothing else can be seen of a ping, so what fails this fails all.
const NEVER_ALONE: [&str; 1] = ["it_gets_a_reply"];

type Names = BTreeSet<String>;

struct Submission {
    file: PathBuf,
    /// The names of the tests that must fail.
    fails: Names,
    /// The names of those that must not be judged, or [`THE_REST`].
    not_judged: Names,
    /// What one of the reports must say, each of these.
    says: Vec<String>,
}

/// Stands for all tests that do not fail.
const THE_REST: &str = "the rest";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The submissions of an exercise: `submissions/right/EXERCISE/…` and `submissions/wrong/EXERCISE/…`. One of the first lines of a
/// wrong one says `fails:` and the names; another one may say `not judged:`, or the same one if nothing can be judged. `says:` is followed by
/// words that a student reads.
fn submissions(exercise: &str) -> Vec<Submission> {
    let mut all = Vec::new();
    for side in ["right", "wrong"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("submissions").join(side).join(exercise);
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let file = entry.unwrap().path();
            let text = fs::read_to_string(&file).unwrap();
            let names = |mark: &str| {
                let line = text.lines().take(4).find_map(|line| line.split_once(mark)).map(|(_, names)| names);
                line.map(|names| names.split(", ").map(str::to_string).collect::<Names>())
            };
            let words = text.lines().take(6).filter_map(|line| line.split_once(" says: "));
            let says = words.map(|(_, words)| words.to_string()).collect();
            let (fails, not_judged) = (names("fails: ").unwrap_or_default(), names("not judged: ").unwrap_or_default());
            let is_wrong = !fails.is_empty() || !not_judged.is_empty();
            assert_eq!(is_wrong, side == "wrong", "{}: a wrong one says what fails", file.display());
            all.push(Submission { file, fails, not_judged, says });
        }
    }
    all.sort_by(|one, other| one.file.cmp(&other.file));
    all
}

/// The program that holds the exercise's tests, built.
fn tests_of(exercise: &str) -> PathBuf {
    let cargo = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--workspace", "--test", "contract", "--no-run", "--message-format=json"])
        .current_dir(root())
        .output()
        .unwrap();
    let folder = root().canonicalize().unwrap().join("crates").join(exercise);
    let lines = String::from_utf8_lossy(&cargo.stdout).into_owned();
    let built = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let mut programs = built
        .filter(|built| built["target"]["name"] == "contract")
        .filter(|built| built["target"]["src_path"].as_str().is_some_and(|path| Path::new(path).starts_with(&folder)))
        .filter_map(|built| built["executable"].as_str().map(PathBuf::from));
    programs.next().unwrap_or_else(|| panic!("no tests: {}", String::from_utf8_lossy(&cargo.stderr)))
}

/// The command that runs a submission.
fn command(file: &Path, folder: &Path) -> Value {
    let name = file.to_str().unwrap();
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("py") => json!(["python3", name]),
        Some("sh") => json!(["sh", name]),
        Some("pl") => json!(["perl", name]),
        Some("rs") => compiled(Command::new("rustc").arg("--edition=2024"), file, folder),
        Some("c") => compiled(&mut Command::new("cc"), file, folder),
        other => panic!("{name}: no way to run {other:?}"),
    }
}

/// Compiles a submission: the command that runs it.
fn compiled(compiler: &mut Command, file: &Path, folder: &Path) -> Value {
    let program = folder.join(file.file_stem().unwrap());
    let status = compiler.arg("-o").arg(&program).arg(file).status().unwrap();
    assert!(status.success(), "{} does not compile", file.display());
    json!([program])
}

/// Held by an exercise that has the machine for itself while its gallery runs; the others share it.
static MACHINE: RwLock<()> = RwLock::new(());

#[track_caller]
fn check(exercise: &str) {
    let _shared = MACHINE.read().unwrap_or_else(PoisonError::into_inner);
    check_at_once(exercise, AT_ONCE);
}

/// For what computes all the time, or is judged by its pace: beside others each would starve the other.
#[track_caller]
fn check_alone(exercise: &str, at_once: usize) {
    let _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
    check_at_once(exercise, at_once);
}

#[track_caller]
fn check_at_once(exercise: &str, at_once: usize) {
    let tests = tests_of(exercise);
    let all = names_of(&tests);
    assert!(!all.is_empty());
    let folder = tempfile::tempdir().unwrap();
    let queue = Mutex::new(submissions(exercise));
    let (report, needed) = (Mutex::new(String::new()), Mutex::new(Names::from(NEVER_ALONE.map(str::to_string))));
    thread::scope(|scope| {
        for number in 0..at_once {
            let work = || {
                loop {
                    let Some(submission) = queue.lock().unwrap().pop() else { return };
                    let verdict = Verdict::of(&tests, &command(&submission.file, folder.path()));
                    if let Some(wrong) = verdict.against(&submission, &all) {
                        report.lock().unwrap().push_str(&wrong);
                    }
                    if submission.fails.len() == 1 {
                        needed.lock().unwrap().extend(submission.fails);
                    }
                }
            };
            thread::Builder::new().name(format!("judge {number}")).spawn_scoped(scope, work).unwrap();
        }
    });
    let report = report.into_inner().unwrap();
    assert!(report.is_empty(), "\n{report}");
    let idle = &all - &needed.into_inner().unwrap();
    assert!(idle.is_empty(), "no wrong submission fails these alone, so nobody knows what they are good for: {idle:?}");
}

/// What the page of an exercise says of a mistake is what the tests say of a program that makes it: each line of the page is the
/// beginning of one of the report's.
#[test]
#[ignore = "gallery: needs python3, cc and minutes; run by .ci/run"]
fn gallery_of_common_mistakes() {
    let _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;
    for exercise in Exercise::all() {
        let tests = tests_of(exercise.name());
        for step in steps_of(&format!("crates/{}/STARTER.md", exercise.name())) {
            let Step::Mistake { file, report } = step.step else { continue };
            let path =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("submissions/wrong").join(exercise.name()).join(&file);
            let text = fs::read_to_string(&path).unwrap();
            let fails = text.lines().find_map(|line| line.split_once("fails: ")).unwrap().1;
            let verdict = Verdict::of_tests(&tests, &command(&path, folder.path()), fails.split(", ").next().unwrap());
            for line in report {
                let is_said = verdict.text().lines().any(|said| said.trim_start().starts_with(&line));
                assert!(is_said, "{file} of {}: no report says {line}:\n{}", exercise.name(), verdict.text());
            }
            count += 1;
        }
    }
    assert!(count >= 20, "{count}");
}

#[test]
#[ignore = "gallery: needs python3, cc and minutes; run by .ci/run"]
fn gallery_of_clients() {
    check("client");
}

#[test]
#[ignore = "gallery: needs python3, cc, nc and minutes; run by .ci/run"]
fn gallery_of_chats() {
    check("ex3-chat");
}

#[test]
#[ignore = "gallery: needs python3, cc, perl and minutes; run by .ci/run"]
fn gallery_of_servers() {
    check("server");
}

#[test]
#[ignore = "gallery: needs python3, ip, a network and minutes; run by .ci/run"]
fn gallery_of_interface_lists() {
    check_alone("ips", 1);
}

#[test]
#[ignore = "gallery: needs python3, the right to ping and minutes; run by .ci/run"]
fn gallery_of_pings() {
    check_alone("ex2-ping", 2);
}

#[test]
#[ignore = "gallery: needs python3, nc.openbsd and minutes; run by .ci/run"]
fn gallery_of_netcats() {
    check("nc");
}
