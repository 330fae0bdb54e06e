//! Commands that are not run here: those for other systems, and few more.
//!
//! Such a block is right if each of its commands is one that is run in the block before it: the same program with the same arguments,
//! in the other shell's spelling. What is another program stands in [`OTHERS`].

use super::blocks::{Step, Typed};
use super::{LESSON, all_pages, steps_of};

/// Other programs than on Linux, each with the reason. Nothing of them is tested here, so they are few and short.
const OTHERS: [(&str, &str); 7] = [
    ("ifconfig", "macOS has no ip"),
    ("ipconfig", "Windows has neither ip nor ifconfig"),
    ("ping -n 3 192.168.124.179", "Windows' ping counts with -n"),
    ("nslookup www.urjc.es", "macOS has no getent"),
    ("Resolve-DnsName www.urjc.es", "Windows has no getent"),
    ("lsof -nP -iTCP -sTCP:LISTEN", "macOS has no ss"),
    ("Get-NetTCPConnection -State Listen", "Windows has no ss"),
];

/// Commands of the other pages that a page's test does not run, each with the reason.
const RUN_ELSEWHERE: [(&str, &str); 8] = [
    ("cargo test --workspace", "it would run itself; `.ci/run test` does it"),
    (
        r#"SESSION08_CMD='["python3","Ex3.py"]' cargo test -p ex3-chat required"#,
        "there is no such file; `gallery` runs more than a hundred",
    ),
    ("cargo grade ex3-chat -- python3 Ex3.py", "there is no such file; the grader's own tests grade one program"),
    ("mkdir ../class", FIVE_COMMANDS),
    (
        r#"while read -r address; do git clone -q "$address" ../class/"$(basename "$(dirname "$address")")-$(basename "$address" .git)"; done <../students.txt"#,
        FIVE_COMMANDS,
    ),
    ("cargo grade ../class --html ../class.html --csv ../class.csv", FIVE_COMMANDS),
    ("xdg-open ../class.html", FIVE_COMMANDS),
    ("cargo grade ../class/ana-session-08", FIVE_COMMANDS),
];

const FIVE_COMMANDS: &str = "they need a class; `grading::five_commands` makes one";

/// Whether another test or concern runs it.
pub fn is_run_elsewhere(typed: &Typed) -> bool {
    RUN_ELSEWHERE.iter().any(|(command, _)| *command == typed.command)
}

/// None of the lesson's, and none that is no longer there.
#[test]
fn what_is_run_elsewhere_is_counted() {
    let mut count = 0;
    for page in all_pages() {
        for step in steps_of(&page) {
            if let Step::Run(all) = step.step {
                let found = all.iter().filter(|typed| is_run_elsewhere(typed)).count();
                assert!(found == 0 || !LESSON.contains(&page.as_str()), "{page}");
                count += found;
            }
        }
    }
    assert_eq!(count, RUN_ELSEWHERE.len());
}

/// A command of PowerShell in the words of sh: a pipe gets text in quotes, and a netcat is the lesson's own.
fn in_sh(command: &str) -> String {
    let command = command.replace("cargo run -q -p nc --", "nc");
    match command.strip_prefix('\'') {
        Some(_) => format!("printf {command}"),
        None => command,
    }
}

#[test]
fn other_systems_type_the_same_words() {
    let mut others = Vec::new();
    for page in LESSON {
        let mut here: Vec<String> = Vec::new();
        for step in steps_of(page) {
            match step.step {
                Step::Run(all) => here = all.into_iter().map(|typed| typed.command).collect(),
                Step::Start { typed, .. } => here = vec![typed.command],
                Step::Elsewhere(all) => {
                    for typed in all {
                        match OTHERS.iter().find(|(command, _)| *command == typed.command) {
                            Some((command, _)) => others.push(*command),
                            None => assert!(
                                here.contains(&in_sh(&typed.command)),
                                "{page}, line {}: {} is none of {here:?}, and not among those with a reason",
                                step.line,
                                typed.command
                            ),
                        }
                    }
                }
                _ => {}
            }
        }
    }
    assert_eq!(others, OTHERS.map(|(command, _)| command), "each of them stands in the lesson, once and in this order");
}
