//! What the README shows is what the programs print. On Windows the system's own texts are others.
#![cfg(unix)]

use assert_cmd::cargo::cargo_bin_cmd;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The README's picture is a part of the demo's output, line by line, but for the numbers, which are never the same.
#[test]
fn the_picture_in_the_readme_is_real_output() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")).unwrap();
    let picture = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let demo = cargo_bin_cmd!("lab").arg("demo").timeout(Duration::from_secs(120)).output().unwrap();
    let output = String::from_utf8(demo.stdout).unwrap();
    let printed: Vec<String> = output.lines().map(without_numbers).collect();
    let mut rest = printed.iter();
    for line in picture.lines().filter(|line| !line.is_empty()) {
        let line = without_numbers(line);
        assert!(rest.any(|printed| *printed == line), "not in the demo's output, or not in this order: {line}");
    }
}

/// Times and ports: each run of digits becomes `#`, and the spaces in front of it one.
fn without_numbers(line: &str) -> String {
    let mut short = String::new();
    for character in line.chars() {
        match character {
            '0'..='9' if short.ends_with('#') => {}
            '0'..='9' => short.push('#'),
            ' ' if short.ends_with(' ') => {}
            _ => short.push(character),
        }
    }
    short
}
