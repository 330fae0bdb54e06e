//! One program.

use crate::support::grade::{Folder, exercise, quarters, verdicts};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;

#[cfg(unix)]
#[test]
fn a_program_that_does_nothing_earns_nothing_and_that_is_no_error() {
    let folder = Folder::new();
    let class = folder.graded(&["client", "--", "true"], 0);
    let client = exercise(&class, "", "client");
    assert_eq!((quarters(client), client["program"].as_str()), (0, Some("true")));
    let verdicts = verdicts(client);
    assert_eq!(verdicts[0], ("required::it_sends::a_message", "fail"));
    assert!(verdicts.iter().all(|(_, verdict)| ["fail", "not-judged"].contains(verdict)), "{verdicts:?}");
    let report = &client["tests"][0]["report"];
    assert!(report["summary"].as_str().unwrap().contains("it connected to no one"), "{report:#}");
    for part in ["contract", "expected", "arrived", "hint", "try_it", "text"] {
        assert_ne!(report[part], "", "{part}");
    }
}

/// The machine's fault is no zero.
#[test]
fn an_interpreter_that_is_missing_is_no_zero_and_exits_with_3() {
    let folder = Folder::new();
    folder.write("Ex3.py", "print('Hello')\n");
    let command = &["ex3-chat", "--json", "class.json", "--", "python9", "Ex3.py"];
    let told = contains("COULD NOT GRADE").and(contains("python9 is not on this computer")).and(contains("must look"));
    folder.grade(command).assert().code(3).stdout(told);
    let class = folder.json("class.json");
    assert!(verdicts(exercise(&class, "", "ex3-chat")).iter().all(|(_, verdict)| *verdict == "could-not-grade"));
}

/// The program writes what a test harness writes, and into every file descriptor that it has.
#[cfg(unix)]
#[test]
fn a_forged_verdict_counts_for_nothing() {
    let folder = Folder::new();
    let forged = "test required::it_sends::a_message ... ok";
    let line = r#"{"test":"required::it_sends::a_message","is":"passed"}"#;
    let lines = format!("echo '{forged}'; echo '{forged}' >&2; echo '{line}'\n");
    folder.write("forger.sh", &format!("{lines}echo '{line}' >> \"${{SESSION08_VERDICTS:-/dev/null}}\"\n"));
    let class = folder.graded(&["client", "--", "sh", "forger.sh"], 0);
    assert_eq!(quarters(exercise(&class, "", "client")), 0);
}
