//! The manifests of what students copy are literal, and agree with each other and with the workspace.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use toml::{Table, Value};

/// What is in the folder `crates` and is not copied.
const NOT_COPIED: &[&str] = &["grader", "handin", "lab"];

fn read(path: &Path) -> Table {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.parse().unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn root() -> Table {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml"))
}

/// The manifests of what students copy, by the names of their folders.
fn copied() -> BTreeMap<String, Table> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = fs::read_dir(crates).unwrap().map(|folder| folder.unwrap());
    folders
        .map(|folder| (folder.file_name().into_string().unwrap(), folder.path().join("Cargo.toml")))
        .filter(|(name, _)| !NOT_COPIED.contains(&name.as_str()))
        .map(|(name, manifest)| (name, read(&manifest)))
        .collect()
}

#[test]
fn nothing_is_taken_from_the_workspace() {
    fn inherits(value: &Value) -> bool {
        value.as_table().is_some_and(|table| table.contains_key("workspace") || table.values().any(inherits))
    }
    for (name, manifest) in copied() {
        assert!(
            !inherits(&Value::Table(manifest)),
            "{name} would not build outside: \"failed to find a workspace root\""
        );
    }
}

#[test]
fn folder_name_and_package_name_are_the_same() {
    for (name, manifest) in copied() {
        assert_eq!(manifest["package"]["name"].as_str(), Some(name.as_str()));
    }
}

#[test]
fn all_packages_have_the_values_and_lints_of_the_workspace() {
    let root = root();
    let workspace = &root["workspace"];
    for (name, manifest) in copied() {
        for (key, value) in workspace["package"].as_table().unwrap() {
            assert_eq!(manifest["package"].get(key), Some(value), "{key} of {name}");
        }
        assert_eq!(manifest["lints"], workspace["lints"], "lints of {name}");
    }
}

#[test]
fn there_is_one_version_of_each_dependency() {
    let mut versions: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut note = |crate_name: &str, dependencies: Option<&Value>| {
        for (name, dependency) in dependencies.and_then(Value::as_table).into_iter().flatten() {
            let version = dependency.as_str().or_else(|| dependency.get("version")?.as_str());
            if let Some(version) = version {
                versions.entry(name.clone()).or_default().insert(version.to_string(), crate_name.to_string());
            }
        }
    };
    let lab = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
    for (name, manifest) in copied().into_iter().chain([("lab".to_string(), lab)]) {
        let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
        for table in targets.filter_map(Value::as_table).chain([&manifest]) {
            note(&name, table.get("dependencies"));
            note(&name, table.get("dev-dependencies"));
        }
    }
    for (dependency, versions) in versions {
        assert_eq!(versions.len(), 1, "{dependency} has several versions: {versions:?}");
    }
}
