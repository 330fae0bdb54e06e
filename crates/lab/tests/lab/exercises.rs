//! `exercises.toml` is the one list of exercises: what repeats it says the same.

use crate::support::workspace::{Exercise, files, read, root};
use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Folders in crates that are no exercises.
const OTHERS: [&str; 6] = ["common", "grader", "handin", "lab", "nc", "teacher-server"];

/// What stands between the brackets behind `exercise:` in a workflow.
fn matrix(workflow: &str) -> Vec<String> {
    let text = read(workflow);
    let list = text.split_once("exercise: [").and_then(|(_, rest)| rest.split_once(']')).unwrap().0;
    list.split(", ").map(str::to_string).collect()
}

#[test]
fn every_exercise_has_its_folder_and_every_folder_its_entry() {
    let mut listed: BTreeSet<String> = OTHERS.map(str::to_string).into();
    for exercise in Exercise::all() {
        for file in ["README.md", "STARTER.md", "src/main.rs", "src/starter.rs", "tests/contract/required.rs"] {
            let path = exercise.folder().join(file);
            assert!(path.is_file(), "{} is not there", path.display());
        }
        assert!(listed.insert(exercise.name().to_string()), "{} is listed twice", exercise.name());
    }
    let folders = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap());
    let packages = folders.filter(|folder| folder.path().join("Cargo.toml").is_file());
    let there: BTreeSet<String> = packages.map(|folder| folder.file_name().into_string().unwrap()).collect();
    assert_eq!(listed, there);
}

#[test]
fn both_workflows_test_every_exercise() {
    let names: Vec<String> = Exercise::all().iter().map(|exercise| exercise.name().to_string()).collect();
    assert_eq!(matrix("crates/lab/release/ci.yml"), names);
    let others = OTHERS.map(str::to_string);
    let ours: BTreeSet<String> = matrix(".github/workflows/ci.yml").into_iter().collect();
    assert_eq!(ours, names.into_iter().chain(others).collect());
}

/// Right and wrong programs, on which its tests are tested.
#[test]
fn every_exercise_has_its_gallery() {
    let gallery = read("crates/lab/tests/lab/gallery.rs");
    for name in Exercise::all().iter().map(Exercise::name).chain(["nc"]) {
        assert!(gallery.contains(&format!("(\"{name}\"")), "no gallery of {name}");
    }
}

/// `.ci/run` and `scripts/mutants` take the names out of it, line by line.
#[test]
fn shell_scripts_can_read_it() {
    let text = read("exercises.toml");
    let by_sed: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"')).collect();
    assert_eq!(by_sed, Exercise::all().iter().map(Exercise::name).collect::<Vec<_>>());
    for script in [".ci/run", "scripts/mutants"] {
        assert!(read(script).contains(r#"s/^name = "\(.*\)"$/\1/p"#), "{script}");
    }
}

#[test]
fn the_tables_of_both_pages_have_its_titles() {
    for page in ["README.md", "crates/lab/release/README.md"] {
        let text = read(page);
        for exercise in Exercise::all() {
            let (name, title) = (exercise.name(), exercise.text("title"));
            let row = format!("| [`crates/{name}`](crates/{name}/README.md) | {title} |");
            assert!(text.contains(&row), "{page} has no row\n{row}");
        }
    }
}

/// The lesson's table links to what is handed in, in order; the client is a step on the way.
#[test]
fn the_lesson_lists_what_is_handed_in() {
    let text = read("session-08/README.md");
    let (mut listed, apart): (Vec<&str>, Vec<&str>) =
        text.lines().filter(|line| line.contains("](../crates/")).partition(|line| line.starts_with('|'));
    let name = |line: &mut &str| *line = line.split("](../crates/").nth(1).unwrap().split('/').next().unwrap();
    listed.iter_mut().for_each(name);
    let exercises = Exercise::all();
    let names = exercises.iter().filter(|exercise| !exercise.is_optional()).map(Exercise::name);
    assert_eq!(listed, names.collect::<Vec<_>>());
    assert!(apart.len() == 1 && apart[0].contains("](../crates/client/") && text.contains("It is not handed in."));
}

/// `common`, copied alone, cannot read the list, and neither can an exercise.
#[test]
fn the_columns_are_those_of_the_table_and_of_the_program() {
    for exercise in Exercise::all().iter().filter(|exercise| !exercise.list("columns").is_empty()) {
        let columns = exercise.list("columns");
        let template = read(format!("crates/lab/tables/{}", exercise.text("file")));
        let header: Vec<&str> = template.lines().next().unwrap().split('|').map(str::trim).collect();
        assert_eq!(header[1..header.len() - 1], columns);
        let literal = format!("{columns:?}");
        let sources = files(&exercise.folder().join("src"));
        let is_there = sources.values().any(|text| text.contains(&literal));
        assert!(is_there, "{} knows no columns {literal}", exercise.name());
    }
}

/// `cargo lab check` knows each file by each of its names, and never one exercise's file as another's.
#[test]
fn the_checklist_knows_the_names_of_the_files() {
    let mut deliverables: BTreeMap<String, String> = BTreeMap::new();
    for exercise in Exercise::all() {
        let extension = exercise.text("file").rsplit_once('.').unwrap().1;
        let names = exercise.names().into_iter().map(|name| format!("{name}.{extension}"));
        for name in names.chain([exercise.text("file").to_string()]) {
            let found = deliverable_of(&name);
            let of = deliverables.entry(found.clone()).or_insert_with(|| exercise.name().to_string());
            assert_eq!(of, exercise.name(), "{name} is found as {found}");
        }
    }
    assert_eq!(deliverables.len(), Exercise::all().len(), "an exercise's file goes by two names: {deliverables:?}");
}

/// The line of the checklist that a file of this name belongs to.
fn deliverable_of(name: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("session-08").join(name);
    fs::create_dir(folder.path().join("session-08")).unwrap();
    fs::write(file, "import socket\n").unwrap();
    let output = cargo_bin_cmd!("lab").args(["check", "--json"]).arg(folder.path()).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let all = json["deliverables"].as_array().unwrap();
    let found: Vec<&Value> =
        all.iter().filter(|one| one["file"].as_str().is_some_and(|file| file.ends_with(name))).collect();
    assert_eq!(found.len(), 1, "{name} belongs to one line of {json:#}");
    found[0]["name"].as_str().unwrap().to_string()
}
