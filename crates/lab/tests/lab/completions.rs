//! `cargo lab completions` and `cargo lab man`: what the shells and `man` make of them.
#![cfg(unix)]

use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The commands that the help lists.
fn commands() -> Vec<String> {
    let help = cargo_bin_cmd!("lab").arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let list = help.split_once("Commands:\n").unwrap().1.split("\n\n").next().unwrap().to_string();
    list.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_string).collect()
}

/// What this shell script prints, in which `$LAB` is the workshop.
fn script(shell: &str, script: &str) -> String {
    let output = Command::new(shell).args(["-c", script]).env("LAB", cargo_bin!("lab")).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What bash offers behind these words.
fn in_bash(words: &[&str]) -> Vec<String> {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let press_tab = format!(
        "_cargo() {{ COMPREPLY=(from cargo itself); }}; . <(\"$LAB\" completions bash); COMP_WORDS=({}); COMP_CWORD={}; \
         _cargo_or_lab cargo \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        quoted.join(" "),
        words.len() - 1
    );
    script("bash", &press_tab).lines().map(str::to_string).collect()
}

#[test]
#[ignore = "needs bash"]
fn bash_offers_what_the_help_lists() {
    let offered = in_bash(&["cargo", "lab", ""]);
    let words: Vec<&String> = offered.iter().filter(|word| !word.starts_with('-')).collect();
    assert_eq!(words, commands().iter().collect::<Vec<_>>());
    assert_eq!(in_bash(&["cargo", "lab", "exp"]), ["explain", "export"]);
    assert_eq!(in_bash(&["cargo", "lab", "check", "--j"]), ["--json"]);
    assert_eq!(in_bash(&["cargo", "lab", "completions", "z"]), ["zsh"]);
    assert_eq!(script("bash", ". <(\"$LAB\" completions bash); complete -p cargo").matches("_cargo_or_lab").count(), 1);
}

/// Those that cargo has, from rustup, stay.
#[test]
#[ignore = "needs bash"]
fn other_words_of_cargo_are_left_to_its_own_completion() {
    assert_eq!(in_bash(&["cargo", "b"]), ["from", "cargo", "itself"]);
}

#[test]
#[ignore = "needs zsh"]
fn zsh_takes_them_beside_those_of_cargo() {
    let load = "autoload -Uz compinit; compinit -u -D; _mine() { echo from cargo itself }; compdef _mine cargo; \
                . =(\"$LAB\" completions zsh); echo $_comps[cargo]; words=(cargo build); _cargo_or_lab; \
                whence -w _cargo_lab_words";
    assert_eq!(script("zsh", load), "_cargo_or_lab\nfrom cargo itself\n_cargo_lab_words: function\n");
}

/// The page as `man` shows it.
fn shown(page: &Path) -> String {
    let output = Command::new("mandoc").args(["-T", "utf8", "-O", "width=100"]).arg(page).output().unwrap();
    // Without the doubled letters of what is bold.
    let mut text = String::new();
    for character in String::from_utf8(output.stdout).unwrap().chars() {
        match character {
            '\u{8}' => drop(text.pop()),
            _ => text.push(character),
        }
    }
    text
}

#[test]
#[ignore = "needs mandoc"]
fn every_command_has_a_manual_page_that_keeps_its_lines() {
    let folder = tempfile::tempdir().unwrap();
    cargo_bin_cmd!("lab").arg("man").arg(folder.path().join("man")).assert().code(0);
    let commands = commands().into_iter().filter(|name| name != "help");
    let mut names: Vec<String> = commands.map(|name| format!("cargo-lab-{name}")).collect();
    names.push("cargo-lab".to_string());
    assert_eq!(fs::read_dir(folder.path().join("man")).unwrap().count(), names.len());
    for name in &names {
        let page = folder.path().join("man").join(format!("{name}.1"));
        let lint = Command::new("mandoc").args(["-T", "lint", "-W", "error"]).arg(&page).output().unwrap();
        assert!(lint.stdout.is_empty(), "{}", String::from_utf8_lossy(&lint.stdout));
        let text = shown(&page);
        let help = cargo_bin_cmd!("lab").args(name.split('-').skip(2)).arg("--help").output().unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        let example = help.lines().next().unwrap().strip_prefix("Example: ").unwrap();
        assert!(text.lines().any(|line| line.trim() == example), "{name}: no line {example}\n{text}");
        assert!(text.contains(&format!("{}(1)", name.to_uppercase())) && text.contains("Session 08"), "{text}");
    }
    // Six lines of how to install it stay six lines, with the quotes that the shell needs.
    let text = shown(&folder.path().join("man/cargo-lab-completions.1"));
    assert!(text.lines().any(|line| line.trim() == "echo '. ~/.cargo-lab.bash' >> ~/.bashrc"), "{text}");
}
