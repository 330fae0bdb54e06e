//! A class whose programs have their address written into them, as 198 of 199 real ones have: each is graded as it is.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What students write: their teacher's computer, their own, and ports of all kinds. None of these is this computer's, nor asked for
/// any network: the tests have their own.
const ADDRESSES: [(&str, u16); 6] = [
    ("192.168.124.179", 8080),
    ("212.128.253.64", 8080),
    ("10.0.2.15", 80),
    ("127.0.0.1", 8080),
    ("192.168.1.36", 12_345),
    ("127.0.0.1", 32_000),
];

const IP: &str = "sys.argv[1] if len(sys.argv) > 1 else \"127.0.0.1\"";
const PORT: &str = "int(sys.argv[2]) if len(sys.argv) > 2 else 8080";

/// The exercises, and what their programs are called in the folder of a student.
const EXERCISES: [(&str, &str); 3] = [("client", "client.py"), ("ex3-chat", "Ex3.py"), ("server", "server.py")];

/// How many students have right programs, and as many have wrong ones: two of each exercise, and each address. With the variable GALLERY as
/// `all` it is a class of thirty.
fn count() -> usize {
    if std::env::var("GALLERY").is_ok_and(|which| which == "all") { 15 } else { EXERCISES.len() }
}

/// Wrong programs whose fault has nothing to do with the address: the test that each of them fails.
fn fault(source: &str) -> Option<String> {
    let fails: Vec<&str> = source.lines().find_map(|line| line.strip_prefix("# fails: "))?.split(", ").collect();
    let is_of_the_address = |test: &str| test.contains("command_line") || test.contains("it_is_given");
    (fails.len() == 1 && !is_of_the_address(fails[0])).then(|| format!("required::{}", fails[0]))
}

/// The programs of an exercise that take both from the command line in the lesson's words: the file's name, and what it holds.
fn programs(kind: &str, exercise: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../lab/submissions").join(kind).join(exercise);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut programs: Vec<_> = files
        .map(|file| (file.file_name().into_string().unwrap(), fs::read_to_string(file.path()).unwrap()))
        .filter(|(_, source)| source.contains(IP) && source.contains(PORT))
        .collect();
    programs.sort();
    programs
}

/// A folder for each student, with one program in it, and the test that it must fail, if any.
fn class(folder: &Path) -> BTreeMap<String, Option<String>> {
    let mut expected = BTreeMap::new();
    for kind in ["right", "wrong"] {
        let mut left = count();
        'all: for round in 0.. {
            for (exercise, file) in EXERCISES {
                let all = programs(kind, exercise);
                let all: Vec<_> =
                    all.into_iter().filter(|(_, source)| kind == "right" || fault(source).is_some()).collect();
                // Not the first ones of the alphabet alone.
                let (name, source) = &all[(round * 5) % all.len()];
                let (ip, port) = ADDRESSES[expected.len() % ADDRESSES.len()];
                let source = source.replace(IP, &format!("\"{ip}\"")).replace(PORT, &port.to_string());
                let student = format!("{left:02} {kind} {exercise} {name} at {ip} {port}");
                fs::create_dir_all(folder.join(&student)).unwrap();
                fs::write(folder.join(&student).join(file), &source).unwrap();
                expected.insert(student, fault(&source));
                left -= 1;
                if left == 0 {
                    break 'all;
                }
            }
        }
    }
    expected
}

#[test]
#[ignore = "needs namespaces"]
fn a_class_with_its_addresses_written_in_is_graded_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let students = folder.path().join("students");
    let expected = class(&students);
    let json = folder.path().join("class.json");
    let mut grade = Command::new(env!("CARGO_BIN_EXE_grader"));
    grade.arg("--results").arg(folder.path().join("grading")).arg("--json").arg(&json).arg(&students);
    let output = grade.current_dir(folder.path()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let class: Value =
        serde_json::from_str(&fs::read_to_string(&json).unwrap_or_else(|e| panic!("{e}: {said}"))).unwrap();
    let mut wrong = Vec::new();
    for student in class["students"].as_array().unwrap() {
        let name = student["name"].as_str().unwrap();
        let exercises = student["exercises"].as_array().unwrap().iter();
        let exercise = exercises.clone().find(|one| !one["program"].is_null()).unwrap_or_else(|| panic!("{student:#}"));
        if let Err(why) = check(exercise, expected[name].as_deref()) {
            wrong.push(format!("{name}: {why}"));
        }
    }
    assert_eq!(class["students"].as_array().unwrap().len(), 2 * count());
    assert_eq!(wrong, Vec::<String>::new());
}

/// All tests of it pass, but for one that it fails, and for what asks for another address: nothing can be said of that.
fn check(exercise: &Value, fails: Option<&str>) -> Result<(), String> {
    let tests = exercise["tests"].as_array().unwrap();
    let verdict_of =
        |test: &Value| (test["name"].as_str().unwrap().to_string(), test["verdict"].as_str().unwrap().to_string());
    for (name, verdict) in tests.iter().map(verdict_of) {
        let is_of_the_address = name.contains("command_line") || name.contains("it_is_given");
        let expected = match () {
            () if is_of_the_address => "not-judged",
            () if fails == Some(&name) => "fail",
            () => "pass",
        };
        if verdict != expected {
            return Err(format!("{name}: {verdict}, and not {expected}: {exercise:#}"));
        }
    }
    let notes = exercise["notes"].to_string();
    if notes.contains("its address is written into it") { Ok(()) } else { Err(format!("it is not said: {notes}")) }
}
