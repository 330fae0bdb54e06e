//! The help of every program and of each of its commands begins with one example, and fits into a terminal.

use crate::support::built::built;
use std::path::Path;
use std::process::Command;

/// The columns of a terminal.
const COLUMNS: usize = 80;

#[test]
fn every_help_begins_with_one_example_and_fits_into_a_terminal() {
    let programs = built(&[&["build", "--bins"]]);
    assert!(programs.len() >= 8, "{programs:?}");
    for (name, path) in programs {
        // People type an alias of cargo for these two.
        let typed = match &*name {
            "grader" => "cargo grade",
            "lab" => "cargo lab",
            _ => &name,
        };
        check(&path, typed, &[]);
    }
}

/// Checks the help behind these words, and that of each command which it lists.
fn check(program: &Path, typed: &str, words: &[&str]) {
    let name = [&[typed], words].concat().join(" ");
    // The short one has its defaults in other places.
    for option in ["--help", "-h"] {
        let help = help(program, words, option);
        assert!(help.starts_with(&format!("Example: {name}")), "{name}:\n{help}");
        assert_eq!(help.matches("Example").count(), 1, "{name}: one example, at the beginning:\n{help}");
        let wide: Vec<&str> = help.lines().filter(|line| line.chars().count() > COLUMNS).collect();
        assert!(wide.is_empty(), "{name} {option}: {wide:#?}");
    }
    let help = help(program, words, "--help");
    let commands = help.split_once("Commands:\n").map_or("", |(_, rest)| rest.split("\n\n").next().unwrap());
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        check(program, typed, &[words, &[command]].concat());
    }
}

fn help(program: &Path, words: &[&str], option: &str) -> String {
    let output = Command::new(program).args(words).arg(option).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}
