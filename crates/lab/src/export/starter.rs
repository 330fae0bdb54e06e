//! The two versions of an exercise: the solution as it is, and the starter, from which a student begins.
//!
//! A starter is made of real files. `src/starter.rs` takes the place of `src/main.rs`, `STARTER.md` that of `README.md`; of the other
//! sources it has those that it reaches by plain lines `mod name;`, and of the tests what the lesson demands.

use super::Files;
use super::manifest::{edit, without_ours, without_unused};
use common::Problem;
use std::path::{Path, PathBuf};

const SOURCE: &str = "src/starter.rs";
const PAGE: &str = "STARTER.md";
const REQUIRED: &str = "tests/contract/required";
/// The root of these tests: the solution's names all others as well.
const TESTS: &str = "//! What the lesson demands, tested from outside: the program, and what arrives at the other end.\n\nmod required;\n";

/// Which version of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    Solution,
    Starter,
}

/// The solution: all that is not the starter's.
pub fn solution(mut files: Files) -> Files {
    files.retain(|name, _| name != Path::new(SOURCE) && name != Path::new(PAGE));
    edit(&mut files, without_ours);
    files
}

/// The starter. A [`Problem`] if it names a module that is not there.
pub fn starter(files: &Files) -> Result<Files, Problem> {
    let mut starter = Files::new();
    reach(files, Path::new(SOURCE), Path::new("src/main.rs"), &mut starter)?;
    let tests =
        files.iter().filter(|(name, _)| name.starts_with(REQUIRED) || *name == Path::new("tests/contract/required.rs"));
    for (name, content) in tests {
        starter.insert(PathBuf::from("tests/contract/main.rs"), TESTS.into());
        starter.insert(name.clone(), content.clone());
    }
    for (from, to) in [(PAGE, "README.md"), ("Cargo.toml", "Cargo.toml")] {
        starter.insert(PathBuf::from(to), find(files, Path::new(from))?.clone());
    }
    edit(&mut starter, without_ours);
    let sources = starter.clone();
    edit(&mut starter, |manifest| without_unused(manifest, &sources));
    Ok(starter)
}

/// Copies a source, and those that it names, and those that these name.
fn reach(files: &Files, source: &Path, copy: &Path, reached: &mut Files) -> Result<(), Problem> {
    let content = find(files, source)?;
    let is_root = source == Path::new(SOURCE);
    reached.insert(copy.to_path_buf(), if is_root { content.clone() } else { without_unit_tests(content) });
    for module in String::from_utf8_lossy(content).lines().filter_map(module) {
        // Beside the root of the package, or in the folder that is called as the file that names it.
        let folder = if is_root { PathBuf::from("src") } else { source.with_extension("") };
        let file = folder.join(format!("{module}.rs"));
        if !reached.contains_key(&file) {
            reach(files, &file, &file, reached)?;
        }
    }
    Ok(())
}

/// Without the tests of what is given: a student would read their names before those of the tests that count.
fn without_unit_tests(source: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(source);
    text.split_once("\n#[cfg(test)]\nmod tests {").map_or(source, |(program, _)| program.as_bytes()).to_vec()
}

/// The name in a line `mod name;` or `pub mod name;`.
fn module(line: &str) -> Option<&str> {
    let line = line.strip_prefix("pub ").unwrap_or(line);
    line.strip_prefix("mod ")?.strip_suffix(';')
}

fn find<'a>(files: &'a Files, name: &Path) -> Result<&'a Vec<u8>, Problem> {
    files.get(name).ok_or_else(|| {
        let error = format!("the starter needs {}", name.display());
        Problem::new(error, "it is not in the exercise's folder", "write it, as CONTRIBUTING.md says")
    })
}
