//! The gallery's submissions get the verdicts in the sandbox that their files name, to which the gallery of `lab` holds `cargo test`: so
//! both say the same.

use super::GALLERY;
use crate::support::grade::{Folder, exercise, verdicts};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The exercises, and what their programs are called in a student's folder.
const EXERCISES: [(&str, &str); 3] = [("client", "client"), ("ex3-chat", "Ex3"), ("server", "server")];

/// How many right programs of each exercise are graded where not all are: the first ones of the alphabet, and those below.
const FIRST: usize = 2;

/// Right ones that a slow sandbox refuses first.
const SLOW: [&str; 4] = ["takes-its-time.py", "shuts-down-first.py", "slow-to-connect.py", "with-pauses.py"];

/// The one that differs by design, and the tests that it fails, and that are not judged: its port is written in. With `cargo test` it
/// reaches nobody; in the sandbox it has a network where it reaches the test, and only what asks for another address cannot be judged. The
/// server takes any port that is free, and so another one each time.
const ANOTHER_PORT: &str = "another-port.py";
const OF_ANOTHER_PORT: [(&str, &[&str], &str); 3] = [
    ("client", &[], "it_sends::to_the_ip_of_the_command_line"),
    ("ex3-chat", &[], "the_socket::it_connects_to_the_ip_of_the_command_line"),
    (
        "server",
        &["the_screen::it_says_where_it_waits", "the_end::a_port_in_use_is_told"],
        "the_answer::it_listens_at_the_ip_it_is_given",
    ),
];

type Names = BTreeSet<String>;

/// A program of the gallery, and the tests that do not pass it.
struct Submission {
    name: String,
    text: String,
    fails: Names,
    not_judged: Names,
}

impl Submission {
    /// Those of an exercise, in the order of their names. A program in C is left out: students hand in its source, which nothing runs.
    fn all(kind: &str, exercise: &str) -> Vec<Self> {
        let files =
            fs::read_dir(Path::new(GALLERY).join(kind).join(exercise)).unwrap().map(|file| file.unwrap().path());
        let files = files.filter(|file| file.extension().is_some_and(|extension| extension != "c"));
        let mut all: Vec<Self> = files.map(|file| Self::read(&file)).collect();
        all.sort_by(|one, other| one.name.cmp(&other.name));
        let (_, fails, not_judged) = OF_ANOTHER_PORT.into_iter().find(|(name, ..)| *name == exercise).unwrap();
        for one in all.iter_mut().filter(|one| one.name == ANOTHER_PORT) {
            one.fails = fails.iter().map(ToString::to_string).collect();
            one.not_judged = Names::from([not_judged.to_string()]);
        }
        all
    }

    fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap();
        let names = |mark: &str| -> Names {
            let line = text.lines().take(4).find_map(|line| line.split_once(mark));
            line.map(|(_, names)| names.split(", ").map(str::to_string).collect()).unwrap_or_default()
        };
        let (fails, not_judged) = (names("fails: "), names("not judged: "));
        Self { name: file.file_name().unwrap().to_str().unwrap().to_string(), text, fails, not_judged }
    }

    /// What is different from what its file says, among the verdicts that it got.
    fn difference(&self, verdicts: &[(&str, &str)]) -> Option<String> {
        let of = |verdict: &str| -> Names {
            let found = verdicts.iter().filter(|(_, got)| *got == verdict);
            found.filter_map(|(name, _)| Some(name.strip_prefix("required::")?.to_string())).collect()
        };
        let (failed, not_judged, unclear) = (of("fail"), of("not-judged"), of("could-not-grade"));
        let is_rest = self.not_judged.contains("the rest");
        let as_expected = failed == self.fails && (is_rest || not_judged == self.not_judged) && unclear.is_empty();
        let all_of_rest = !is_rest || of("pass").is_empty();
        (!as_expected || !all_of_rest).then(|| {
            format!("{}: failed {failed:?}, not judged {not_judged:?}, could not be graded {unclear:?}", self.name)
        })
    }
}

/// All of them if the variable GALLERY is `all`; else each fault once, by the first program that fails
/// a test alone, and some right ones.
fn chosen(kind: &str, exercise: &str) -> Vec<Submission> {
    let mut all = Submission::all(kind, exercise);
    if std::env::var("GALLERY").is_ok_and(|which| which == "all") {
        return all;
    }
    let (mut seen, mut count) = (BTreeSet::new(), 0);
    all.retain(|one| {
        count += 1;
        match kind {
            "right" => count <= FIRST || SLOW.contains(&&*one.name),
            _ => one.name == ANOTHER_PORT || (one.fails.len() == 1 && seen.insert(one.fails.clone())),
        }
    });
    all
}

#[test]
#[ignore = "gallery: needs python3, namespaces and two minutes; run by .ci/run"]
fn gallery_in_the_sandbox_gets_the_same_verdicts() {
    let folder = Folder::new();
    let mut students = BTreeMap::new();
    for (exercise, file) in EXERCISES {
        for kind in ["right", "wrong"] {
            for submission in chosen(kind, exercise) {
                let student = format!("{kind} {exercise} {}", submission.name);
                let extension = submission.name.rsplit_once('.').unwrap().1;
                folder.write(&format!("class/{student}/{file}.{extension}"), &submission.text);
                students.insert(student, (exercise, submission));
            }
        }
    }
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("grader");
    // They wait most of the time.
    command.args(["class", "--jobs", "8", "--json", "class.json"]).current_dir(folder.path()).assert().code(0);
    let class = folder.json("class.json");
    let different: Vec<String> = students
        .iter()
        .filter_map(|(student, (name, submission))| {
            let exercise = exercise(&class, student, name);
            submission.difference(&verdicts(exercise)).map(|why| format!("{name}, {why}\n{exercise:#}"))
        })
        .collect();
    assert!(different.is_empty(), "{} of {}:\n{}", different.len(), students.len(), different.join("\n"));
}
