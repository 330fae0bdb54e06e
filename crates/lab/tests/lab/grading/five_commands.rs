//! The README's five commands for a class, typed as they stand there.

use super::{class, run, shell_in_the_kit};
use crate::support::workspace::read;
use std::fs;

/// The commands of the block that clones a class.
fn commands() -> Vec<String> {
    let readme = read("README.md");
    let blocks = readme.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let block = blocks.filter(|block| block.contains("git clone")).last().expect("the README clones a class");
    block.lines().map(|line| line.strip_prefix("$ ").expect("each line is a command").to_string()).collect()
}

#[test]
fn there_are_five() {
    assert_eq!(commands().len(), 5);
}

#[test]
#[ignore = "needs python3 and some time"]
fn the_readmes_five_commands_lead_to_the_page() {
    let folder = tempfile::tempdir().unwrap();
    // Addresses end as on a server: ana/session-08.git.
    fs::write(folder.path().join("students.txt"), class::repositories(folder.path())).unwrap();
    let said: Vec<String> =
        commands().iter().map(|command| run(&mut shell_in_the_kit(folder.path(), command), &[0])).collect();
    let page = fs::read_to_string(folder.path().join("class.html")).unwrap();
    for name in ["ana-session-08", "ben-session-08", "eva-session-08"] {
        assert!(page.contains(name), "{name}");
    }
    assert!(fs::read_to_string(folder.path().join("class.csv")).unwrap().contains("\"ben-session-08\""));
    assert_eq!(fs::read_to_string(folder.path().join("called")).unwrap(), "xdg-open ../class.html\n");
    assert!(said[4].contains("of 10 points"), "{}", said[4]);
}
