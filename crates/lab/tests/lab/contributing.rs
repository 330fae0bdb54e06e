//! The developers' page draws the ways through files that are there.

use crate::support::workspace::{read, root};

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
