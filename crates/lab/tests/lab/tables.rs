//! The tests of the exercises know the lesson's tables by heart, since a copied exercise has no course folder beside it.

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
