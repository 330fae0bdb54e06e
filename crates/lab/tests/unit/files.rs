//! Tests of `src/export/files.rs`, from inside.

use super::{Files, gather};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn an_editors_copy_of_a_solution_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["main.rs", "main.rs~", "main.rs.orig", "main.rs.bak", ".main.rs.swp", "#main.rs#", "Cargo.lock"] {
        fs::write(folder.path().join(name), "").unwrap();
    }
    let mut files = Files::new();
    gather(folder.path(), Path::new("src"), &mut files).unwrap();
    assert_eq!(files.into_keys().collect::<Vec<_>>(), [PathBuf::from("src/main.rs")]);
}
