//! A class with real programs that is graded in pieces: the grader is killed and started again, or each part is graded by itself. Both come
//! to the same as one run.

use super::program;
use crate::support::grade::{Folder, verdicts};
use common::testing::{Program, poll};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The reports of a class that are files.
const REPORTS: [&str; 5] = ["json", "csv", "html", "junit", "markdown"];

/// Ten students, two of whose programs are right. That of `slow` is waited for, and so the class is not graded at once.
fn class() -> Folder {
    let folder = Folder::new();
    for (student, text) in [
        ("ana", program("right/client/the-lessons-own-way.py")),
        ("bob", program("right/client/another-text.py")),
        ("slow", "import time\ntime.sleep(600)\n".to_string()),
    ] {
        folder.write(&format!("class/{student}/client.py"), &text);
    }
    for number in 1..=7 {
        folder.write(&format!("class/student{number}/client.sh"), &format!("exit {number}\n"));
    }
    fs::create_dir(folder.path().join("tmp")).unwrap();
    folder
}

/// The grader, whose folders for runs are in this one.
fn grader(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("grader"));
    command.args(["client", "class"]).args(arguments).current_dir(folder.path());
    command.env("TMPDIR", folder.path().join("tmp"));
    command
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap());
    entries.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

/// Each student's verdicts: ports and times in the reports differ from run to run.
fn of_all(class: &Value) -> Vec<(&str, Vec<(&str, &str)>)> {
    let students = class["students"].as_array().unwrap().iter();
    students.map(|student| (student["name"].as_str().unwrap(), verdicts(&student["exercises"][0]))).collect()
}

/// Whether a process runs that has this in its command line.
fn is_running(word: &str) -> bool {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let mut commands = processes.filter_map(|process| fs::read(process.path().join("cmdline")).ok());
    commands.any(|command| String::from_utf8_lossy(&command).contains(word))
}

#[test]
#[ignore = "gallery: needs python3, namespaces and a quarter of a minute; run by .ci/run"]
fn gallery_class_is_graded_to_its_end_when_the_grader_was_killed() {
    let folder = class();
    let results = folder.path().join("grading/students");
    let kept = || {
        names(&results)
            .into_iter()
            .filter(|name| Path::new(name).extension() == Some("json".as_ref()))
            .collect::<Vec<_>>()
    };
    let mut first = Program::start(grader(&folder, &["--jobs", "2"])).unwrap();
    let runs = folder.path().join("tmp").to_string_lossy().into_owned();
    // It is killed while a program runs, and some results are there. The tests may still have to be built.
    let is_in_the_middle = || !kept().is_empty() && is_running(&runs);
    let begun = (0..30).any(|_| poll("the first result", || is_in_the_middle().then_some(())).is_ok());
    assert!(begun, "nothing was graded");
    kill(Pid::from_raw(i32::try_from(first.id()).unwrap()), Signal::SIGKILL).unwrap();
    first.wait_for_end().unwrap();
    poll("the end of what ran", || (!is_running(&runs)).then_some(())).unwrap();
    let before: Vec<(String, Vec<u8>)> =
        kept().into_iter().map(|name| (name.clone(), fs::read(results.join(name)).unwrap())).collect();
    assert!(before.len() < 10, "it was killed too late");

    assert!(grader(&folder, &["--json", "class.json"]).status().unwrap().success());
    // A result has the time that the tests took: one that is graded again is another.
    for (name, result) in before {
        assert_eq!(fs::read(results.join(&name)).unwrap(), result, "{name} was graded twice");
    }
    assert_eq!(names(&folder.path().join("tmp")), Vec::<String>::new());
    assert!(grader(&folder, &["--json", "whole.json", "--results", "anew"]).status().unwrap().success());
    assert_eq!(of_all(&folder.json("class.json")), of_all(&folder.json("whole.json")));
}

#[test]
#[ignore = "gallery: needs python3, namespaces and a quarter of a minute; run by .ci/run"]
fn gallery_class_in_eight_parts_gives_every_report_of_the_whole() {
    let folder = class();
    let whole = ["whole.json".to_string()];
    assert!(grader(&folder, &["--json", &whole[0]]).status().unwrap().success());
    // The parts take the results that are kept: a second run would have other ports and times.
    let parts: Vec<String> = (1..=8).map(|number| format!("part{number}.json")).collect();
    for (number, part) in (1..).zip(&parts) {
        assert!(grader(&folder, &["--shard", &format!("{number}/8"), "--json", part]).status().unwrap().success());
    }
    let reports = |name: &str, files: &[String]| {
        let mut arguments: Vec<String> =
            REPORTS.iter().flat_map(|kind| [format!("--{kind}"), format!("{name}.{kind}")]).collect();
        arguments.push("--merge".to_string());
        arguments.extend_from_slice(files);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        folder.grade(&arguments).assert().code(0);
        REPORTS.map(|kind| fs::read_to_string(folder.path().join(format!("{name}.{kind}"))).unwrap())
    };
    let (merged, whole) = (reports("merged", &parts), reports("of-the-whole", &whole));
    for (kind, (merged, whole)) in REPORTS.iter().zip(merged.iter().zip(&whole)) {
        assert_eq!(merged, whole, "{kind}");
    }
}
