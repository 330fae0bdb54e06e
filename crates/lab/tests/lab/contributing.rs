//! The developers' page names files that are there, and all that differ between systems.

use crate::support::workspace::{files, read, root};
use std::fs;
use std::path::Path;

#[test]
fn every_file_in_a_picture_is_there() {
    let page = read("CONTRIBUTING.md");
    let pictures: Vec<&str> =
        page.split("```mermaid\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(
        pictures.len() >= 5,
        "the ways of a message, a probe, a row, a program that is tested, and one that is graded"
    );
    for picture in pictures {
        let is_of_a_path = |character: char| character.is_ascii_alphanumeric() || "/._-".contains(character);
        let files: Vec<&str> = picture
            .split(|character| !is_of_a_path(character))
            .filter(|word| word.strip_suffix(".rs").is_some())
            .collect();
        assert!(files.len() >= 5, "{picture}");
        for file in files {
            assert!(root().join("crates").join(file).is_file(), "there is no crates/{file}");
        }
    }
}

#[test]
fn where_systems_differ_is_named() {
    let page = read("CONTRIBUTING.md");
    let section = page.split("## The three systems\n").nth(1).unwrap().split("\n## ").next().unwrap();
    // The first file of a folder is named from `crates` on, those after it more shortly.
    let is_named = |file: &Path| {
        let package = file.iter().next().unwrap().to_str().unwrap();
        section.lines().filter(|line| line.contains(&format!("`{package}/src/"))).any(|line| {
            let names = line.split('`').skip(1).step_by(2);
            names.into_iter().any(|name| file.ends_with(name))
        })
    };
    let signs = ["windows", "unix", "target_os"];
    let differs = |line: &str| line.contains("cfg") && signs.iter().any(|sign| line.contains(sign));
    let packages = fs::read_dir(root().join("crates")).unwrap().map(|package| package.unwrap().file_name());
    let sources = packages.flat_map(|package| {
        let folder = Path::new(&package).join("src");
        files(&root().join("crates").join(&folder)).into_iter().map(move |(file, text)| (folder.join(file), text))
    });
    let differing: Vec<_> = sources.filter(|(_, text)| text.lines().any(differs)).map(|(file, _)| file).collect();
    assert!(differing.len() > 20, "{differing:?}");
    for file in differing {
        assert!(is_named(&file), "CONTRIBUTING.md, The three systems, does not name {}", file.display());
    }
}
