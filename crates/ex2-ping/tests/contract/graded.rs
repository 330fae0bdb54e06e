//! What a grader learns from the tests of `required`.

use assert_cmd::Command;
use common::testing::VERDICTS;
use serde_json::json;
use std::{env, fs};

/// The first reply is tried once for all tests, by the one that comes first. That is not `it_gets_a_reply` here: with two at a time, in the
/// order of their names, it begins when one of the others has ended.
#[test]
fn each_test_has_its_own_verdict() {
    const TESTS: [&str; 3] =
        ["required::a_name_is_looked_up", "required::a_reply_shows_its_ttl", "required::it_gets_a_reply"];
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("verdicts");
    let mut tests = Command::new(env::current_exe().unwrap());
    tests.args(TESTS).args(["--exact", "--test-threads=2"]).env(VERDICTS, &file).assert().success();
    let verdicts = fs::read_to_string(file).unwrap();
    for test in TESTS {
        assert!(verdicts.contains(&json!({"test": test, "is": "passed"}).to_string()), "{verdicts}");
    }
}
