//! The help of every program begins with one example, and fits into a terminal.

use crate::support::built::built;
use assert_cmd::cargo::cargo_bin_cmd;
use std::process::Command;

/// The columns of a terminal.
const COLUMNS: usize = 80;

#[track_caller]
fn assert_begins_with_an_example(help: &str, name: &str) {
    assert!(help.starts_with(&format!("Example: {name}")), "{name}:\n{help}");
    assert_eq!(help.matches("Example").count(), 1, "{name}: one example, at the beginning:\n{help}");
    let is_wide = |line: &&str| line.chars().count() > COLUMNS && !line.starts_with("Usage: ");
    let wide: Vec<&str> = help.lines().filter(is_wide).collect();
    assert!(wide.is_empty(), "{name}: {wide:#?}");
}

fn help_of(mut program: Command) -> String {
    String::from_utf8(program.arg("--help").output().unwrap().stdout).unwrap()
}

#[test]
fn every_programs_help_begins_with_one_example() {
    let mut programs = built(&[&["build", "--bins"]]);
    programs.remove("lab");
    assert!(programs.len() >= 7, "{programs:?}");
    for (name, path) in programs {
        // Graders type an alias of cargo, as students do for the workshop.
        let typed = if name == "grader" { "cargo grade" } else { &name };
        assert_begins_with_an_example(&help_of(Command::new(path)), typed);
    }
}

#[test]
fn every_command_of_the_workshop_begins_with_one() {
    let help = |arguments: &[&str]| {
        let output = cargo_bin_cmd!("lab").args(arguments).arg("--help").output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let own = help(&[]);
    assert_begins_with_an_example(&own, "cargo lab");
    let commands = own.split_once("Commands:\n").unwrap().1.split("\n\n").next().unwrap();
    let commands: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(commands.contains(&"completions"), "{own}");
    for command in commands.into_iter().filter(|command| *command != "help") {
        assert_begins_with_an_example(&help(&[command]), &format!("cargo lab {command}"));
    }
}
