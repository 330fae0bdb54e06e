//! Wrong usage: exit code 2, and what is allowed.

use crate::support::grade::Folder;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;

#[test]
fn wrong_usage_names_what_is_allowed_and_exits_with_2() {
    let folder = Folder::new();
    for (arguments, said, allowed) in [
        (&[][..], "there is nothing to grade", "cargo grade ex3-chat -- python3 Ex3.py"),
        (&["ex4", "--", "true"], "there is no exercise ex4", "ips, ex2-ping, client, ex3-chat, server"),
        (&["ex3-chat"], "there is no folder ex3-chat", "name a folder"),
        (&["ana"], "there is no folder ana", "ex3-chat"),
        (&["ex3-chat", ".", "--", "true"], "stands before a command", "leave one of them out"),
        (&[".", "--shard", "9/8"], "9/8", "from 1/8 to 8/8"),
        (&[".", "--jobs", "0"], "'0'", "1..=256"),
        (&[".", "--command", "java Ex3.java"], "names no file", "'java {file}'"),
        (&[".", "--quick"], "'--quick'", "Usage: cargo grade"),
    ] {
        folder.grade(arguments).assert().code(2).stdout("").stderr(contains(said).and(contains(allowed)));
    }
}

#[test]
fn help_says_who_is_a_student_and_what_the_exit_codes_are() {
    let folder = Folder::new();
    let said = contains("its subfolders are the students").and(contains("130 after Ctrl-C"));
    folder.grade(&["--help"]).assert().code(0).stdout(said);
}
