//! This workspace: its list of exercises, and its files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use toml::Table;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[track_caller]
pub fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// One entry of `exercises.toml`.
pub struct Exercise(Table);

impl Exercise {
    pub fn all() -> Vec<Self> {
        let list: Table = read("exercises.toml").parse().unwrap();
        list["exercise"].as_array().unwrap().iter().map(|entry| Self(entry.as_table().unwrap().clone())).collect()
    }

    pub fn text(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap()
    }

    pub fn list(&self, key: &str) -> Vec<&str> {
        self.0
            .get(key)
            .map(|list| list.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect())
            .unwrap_or_default()
    }

    /// The names of its file, without an extension.
    pub fn names(&self) -> Vec<String> {
        let number = self.0.get("number").into_iter().flat_map(|number| {
            let number = number.as_integer().unwrap();
            let word = |word: &str| [format!("{word}{number}"), format!("{word} 0{number}")];
            ["Ex", "exercise", "Ejercicio"].map(word).concat()
        });
        number.chain(self.list("known_as").into_iter().map(str::to_string)).collect()
    }

    pub fn name(&self) -> &str {
        self.text("name")
    }

    /// Whether it is only a step on the way, and need not be handed in.
    pub fn is_optional(&self) -> bool {
        self.0["check"].as_table().unwrap().contains_key("optional")
    }

    /// Its folder.
    pub fn folder(&self) -> PathBuf {
        root().join("crates").join(self.name())
    }
}

/// All files below a folder, with their paths in it.
pub fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    fn gather(folder: &Path, name: &Path, all: &mut BTreeMap<PathBuf, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = name.join(entry.file_name());
            if entry.path().is_dir() {
                gather(&entry.path(), &name, all);
            } else {
                all.insert(name, fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    let mut all = BTreeMap::new();
    gather(folder, Path::new(""), &mut all);
    all
}

/// The lines of code: no comments, no empty lines.
pub fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"))
}
