//! The programs of this workspace, built.

use super::workspace::root;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What these commands of cargo build: programs and examples by their names, the tests of `contract` as tests/NAME.
pub fn built(commands: &[&[&str]]) -> BTreeMap<String, PathBuf> {
    let mut all = BTreeMap::new();
    for arguments in commands {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(*arguments).args(["--workspace", "--quiet", "--offline", "--message-format=json"]);
        let output = cargo.current_dir(root()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let messages = String::from_utf8(output.stdout).unwrap();
        for message in messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let Some(path) = message["executable"].as_str() else { continue };
            let name = message["target"]["name"].as_str().unwrap();
            let package = Path::new(message["manifest_path"].as_str().unwrap()).parent().unwrap().file_name().unwrap();
            let name =
                if name == "contract" { format!("tests/{}", package.to_string_lossy()) } else { name.to_string() };
            all.insert(name, PathBuf::from(path));
        }
    }
    all
}
