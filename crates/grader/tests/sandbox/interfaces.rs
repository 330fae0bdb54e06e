//! A right `ips` has its points in the sandbox as well: there is an address to be saved, besides 127.0.0.1.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
#[ignore = "needs namespaces"]
fn every_test_of_the_addresses_is_graded() {
    let folder = tempfile::tempdir().unwrap();
    let solution = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ips");
    let sources = folder.path().join("ana/crates/ips/src");
    fs::create_dir_all(&sources).unwrap();
    fs::copy(solution.join("Cargo.toml"), sources.join("../Cargo.toml")).unwrap();
    for file in fs::read_dir(solution.join("src")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), sources.join(file.file_name())).unwrap();
    }
    let mut grade = Command::new(env!("CARGO_BIN_EXE_grader"));
    let output = grade.args(["ips", "ana", "--json", "-"]).current_dir(folder.path()).output().unwrap();
    let ana: Value = serde_json::from_slice(&output.stdout).unwrap();
    for test in ana["students"][0]["exercises"][0]["tests"].as_array().unwrap() {
        // The table was not handed in.
        if test["name"].as_str().unwrap().starts_with("required::") {
            assert_eq!(test["verdict"], "pass", "{test:#}");
        }
    }
}
