//! A class, whose students have handed in tables: those need no program to be run.

use crate::support::grade::{Folder, IPS, exercise, quarters, verdicts};
#[cfg(target_os = "linux")]
use common::testing::{Program, poll};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Students of each kind: a right table, one with mistakes, nothing, and what is hardly a folder.
fn class() -> Folder {
    let folder = Folder::new();
    folder.write("class/ana/session-08/IPs.txt", IPS);
    folder.write("class/bob/Ejercicio_1.txt", &IPS.replace("10.1.128.40", "255.255.255.0").replace("home", "casa"));
    folder.write("class/eve/session-08/IPs.txt", &IPS.lines().take(3).collect::<Vec<_>>().join("\n"));
    folder.write("class/tim/holiday.jpg", "not an image");
    folder.write("class/zoë ' $(echo)/session-08/IPs.txt", "");
    folder
}

#[test]
fn tables_are_judged_row_by_row() {
    let folder = class();
    let class = folder.graded(&["ips", "class"], 0);
    let of = |student| {
        verdicts(exercise(&class, student, "ips")).into_iter().map(|(_, verdict)| verdict).collect::<Vec<_>>()
    };
    assert_eq!(of("ana"), ["pass"; 4]);
    assert_eq!(of("bob"), ["pass", "pass", "fail", "pass"]);
    assert_eq!(of("eve"), ["pass", "pass", "not-judged", "not-judged"]);
    assert_eq!(of("tim"), ["fail", "not-judged", "not-judged", "not-judged"]);
    assert_eq!(of("zoë ' $(echo)"), ["fail", "not-judged", "not-judged", "not-judged"]);
    let points = ["ana", "bob", "eve"].map(|student| quarters(exercise(&class, student, "ips")));
    assert_eq!(points, [40, 28, 16]);
    let report = &exercise(&class, "bob", "ips")["tests"][2]["report"]["summary"];
    assert!(report.as_str().unwrap().contains("line 4: 255.255.255.0 cannot be the IP of a machine"), "{report}");
}

#[test]
fn a_class_is_a_table_on_the_terminal() {
    let folder = class();
    let row = contains("ana            10 of 10").and(contains("tim            nothing"));
    folder.grade(&["ips", "class"]).assert().code(0).stdout(row.and(contains("student")));
}

/// One folder may be a class or a student; several are students.
#[test]
fn a_single_folder_with_work_in_it_is_a_student() {
    let folder = class();
    let names = |class: &serde_json::Value| -> Vec<String> {
        let students = class["students"].as_array().unwrap().iter();
        students.map(|student| student["name"].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(names(&folder.graded(&["ips", "class/ana"], 0)), ["ana"]);
    assert_eq!(names(&folder.graded(&["ips", "class/bob"], 0)), ["bob"]);
    assert_eq!(names(&folder.graded(&["ips", "class/tim", "class/ana"], 0)), ["ana", "tim"]);
    assert_eq!(names(&folder.graded(&["ips", "class"], 0)).len(), 5);

    // Students who are called as sessions are.
    folder.write("numbered/s7/IPs.txt", IPS);
    folder.write("numbered/s8/IPs.txt", IPS);
    assert_eq!(names(&folder.graded(&["ips", "numbered"], 0)), ["numbered"]);
    let note =
        contains("is graded as one student's, since s8 in it is a folder of the session").and(contains("numbered/*"));
    folder.grade(&["ips", "numbered"]).assert().stderr(note);
    folder.grade(&["ips", "class/ana"]).assert().stderr(contains("as one student's").not());
    assert_eq!(names(&folder.graded(&["ips", "numbered/s7", "numbered/s8"], 0)), ["s7", "s8"]);
}

/// What was graded is not graded again; what has changed is.
#[test]
fn a_second_run_goes_on_where_the_first_one_was() {
    let folder = class();
    let first = folder.graded(&["ips", "class"], 0);
    let before = times(folder.path());
    assert_eq!(before.len(), 5);
    folder.write("class/tim/session-08/IPs.txt", IPS);
    let second = folder.graded(&["ips", "class"], 0);
    let after = times(folder.path());
    let again: Vec<&String> =
        after.iter().filter(|(name, time)| before[*name] != **time).map(|(name, _)| name).collect();
    assert!(matches!(again.as_slice(), [tim] if tim.starts_with("tim-")), "{again:?}");
    assert_eq!(exercise(&first, "ana", "ips"), exercise(&second, "ana", "ips"));
    assert_eq!(quarters(exercise(&second, "tim", "ips")), 40);
}

/// When each result was written.
fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let entries = fs::read_dir(folder.join("grading/students")).unwrap().map(|entry| entry.unwrap());
    let time = |entry: &fs::DirEntry| entry.metadata().unwrap().modified().unwrap();
    entries.map(|entry| (entry.file_name().into_string().unwrap(), time(&entry))).collect()
}

#[test]
fn shards_put_together_are_the_class() {
    let folder = class();
    folder.graded(&["ips", "class"], 0);
    let whole = fs::read(folder.path().join("class.json")).unwrap();
    let files: Vec<String> = (1..=8).map(|index| format!("part{index}.json")).collect();
    for (index, file) in (1..).zip(&files) {
        let (shard, results) = (format!("{index}/8"), format!("results{index}"));
        let part = ["ips", "class", "--shard", &shard, "--results", &results, "--json", file];
        folder.grade(&part).assert().code(0);
    }
    let mut arguments = vec!["--json", "merged.json", "--merge"];
    arguments.extend(files.iter().rev().map(String::as_str));
    folder.grade(&arguments).assert().code(0).stdout(contains("ana            10 of 10"));
    // Tables take no time, so there is nothing that differs.
    assert_eq!(fs::read(folder.path().join("merged.json")).unwrap(), whole);
    let twice = ["--merge", &files[0], &files[0]];
    folder.grade(&twice).assert().code(3).stderr(contains("is in two of the parts"));
}

/// What somebody else has written earns nothing, and is not shown.
#[cfg(unix)]
#[test]
fn a_link_out_of_a_students_folder_is_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = class();
    let secret = folder.write("elsewhere/ips/src/main.rs", "fn main() { a secret }\n");
    folder.write("elsewhere/ips/Cargo.toml", "");
    fs::create_dir_all(folder.path().join("class/leo/crates")).unwrap();
    symlink(&secret, folder.path().join("class/leo/chat.rs")).unwrap();
    symlink(folder.path().join("elsewhere/ips"), folder.path().join("class/leo/crates/ips")).unwrap();
    let class = folder.graded(&["class/leo"], 0);
    for (name, test) in [("ex3-chat", 0), ("ips", 4)] {
        let test = &exercise(&class, "leo", name)["tests"][test];
        assert_eq!(test["report"]["summary"], "it is a link out of the folder", "{test:#}");
    }
    assert!(!class.to_string().contains("secret"), "{class:#}");
}

/// A submission that cannot be graded stops no other.
#[test]
fn what_nobody_knows_how_to_run_is_no_zero_and_the_others_are_graded() {
    let folder = class();
    folder.write("class/max/Ex3.kt", "fun main() {\n    Socket(\"127.0.0.1\", 8080)\n}\n");
    let output = folder.grade(&["class", "--json", "class.json"]).assert().code(3);
    output.stdout(contains("1 of 6: somebody must look"));
    let class = folder.json("class.json");
    let max = exercise(&class, "max", "ex3-chat");
    assert!(verdicts(max).iter().all(|(_, verdict)| *verdict == "could-not-grade"));
    assert!(max["tests"][0]["report"]["summary"].as_str().unwrap().contains("--command 'COMMAND {file}'"));
    assert_eq!(quarters(exercise(&class, "ana", "ips")), 40);
}

/// "Ctrl-C: ends children, keeps results, 130"
#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_keeps_what_is_graded_and_leaves_nothing_running() {
    // No other process sleeps for so long.
    let seconds = 100_000 + std::process::id();
    let folder = class();
    folder.write("class/bea/Ex3.sh", &format!("sleep {seconds}\n"));
    let is_asleep = || {
        let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
        let mut commands = processes.filter_map(|process| fs::read_to_string(process.path().join("cmdline")).ok());
        commands.any(|command| command == format!("sleep\0{seconds}\0"))
    };
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("grader"));
    command.args(["--no-sandbox", "class", "--jobs", "1"]).current_dir(folder.path());
    let mut grader = Program::start(command).unwrap();
    let kept = |name: &str| times(folder.path()).keys().any(|file| file.starts_with(name));
    let is_there = || folder.path().join("grading/students").is_dir() && kept("ana-") && is_asleep();
    // The tests may still have to be built.
    for _ in 0..30 {
        if poll("the first result", || is_there().then_some(())).is_ok() {
            break;
        }
    }
    grader.interrupt().unwrap();
    assert_eq!(grader.wait_for_end().unwrap().code(), Some(130));
    poll("the end of what ran", || (!is_asleep()).then_some(())).unwrap();
    assert!(kept("ana-") && !kept("bea-"), "{:?}", times(folder.path()));
}
