//! The tests of the exercises know the lesson's tables by heart, since a copied exercise has no course folder beside it. And the
//! pages of the session name what is to be handed in.

use std::fs;
use std::path::Path;

#[track_caller]
fn check(table: &str, test: &str) {
    let lab = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(lab.join("tables").join(table)).unwrap();
    let test = fs::read_to_string(lab.join("..").join(test)).unwrap();
    assert!(test.contains(&table), "the table of the course and that of the test are not the same");
}

#[test]
fn the_tables_of_the_tests_are_those_of_the_course() {
    check("IPs.txt", "ips/tests/contract/required/course.rs");
    check("Ex2.txt", "ex2-ping/tests/contract/virtual_lab/lesson.rs");
}

/// The client is a step on the way: `cargo lab check` asks for it neither.
#[test]
fn the_pages_of_the_session_list_what_is_handed_in() {
    let lab = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in ["../../session-08/README.md", "release/session-08.md"] {
        let text = fs::read_to_string(lab.join(page)).unwrap();
        let (listed, apart): (Vec<&str>, Vec<&str>) =
            text.lines().filter(|line| line.contains("](../crates/")).partition(|line| line.starts_with('|'));
        let exercise = |line: &&str| line.split("](../crates/").nth(1).unwrap().split('/').next().unwrap().to_string();
        assert_eq!(
            listed.iter().map(exercise).collect::<Vec<_>>(),
            ["ips", "ex2-ping", "ex3-chat", "server"],
            "{page}"
        );
        assert_eq!(apart.iter().map(exercise).collect::<Vec<_>>(), ["client"], "{page}");
        assert!(text.contains("It is not handed in."), "{page}");
    }
}
