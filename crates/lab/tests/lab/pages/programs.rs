//! What a page's commands start: `cargo run`, `cargo test`, `cargo lab` and `nc` without the minutes of a build.

use crate::support::built::built;
use crate::support::workspace::Exercise;
use common::text::quote_for_shell;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::PathBuf;
use tempfile::TempDir;

/// Stands for cargo: it starts what cargo would have built. `test` asks for `required`, as a release has no other tests.
const CARGO: &str = r#"#!/bin/sh
programs=$(dirname "$0")
word=$1
shift
case $word in
  lab) exec "$programs/programs/lab" "$@" ;;
  run | test) ;;
  *) exec CARGO "$word" "$@" ;;
esac
while [ $# -gt 0 ]; do
  case $1 in
    -q | --release) shift ;;
    -p) name=$2; shift 2 ;;
    --) shift; break ;;
    *) break ;;
  esac
done
case $word in
  run) exec "$programs/programs/$name" "$@" ;;
  test) SESSION08_CMD="[\"$programs/programs/$name\"]" exec "$programs/tests/$name" "${@:-required}" ;;
esac
"#;

/// A folder for the PATH: `cargo`, `nc`, and what they start.
pub struct Programs {
    folder: TempDir,
    built: BTreeMap<String, PathBuf>,
}

impl Programs {
    /// What a student begins with.
    pub fn with_starters() -> Self {
        let programs = Self::with_solutions();
        for starter in programs.built.keys() {
            if let Some(name) = starter.strip_suffix("-starter") {
                programs.link(&format!("programs/{name}"), starter);
            }
        }
        programs
    }

    /// Builds all.
    pub fn with_solutions() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let built = built(&[&["test", "--test", "contract", "--no-run"], &["build", "--bins", "--examples"]]);
        for sub in ["programs", "tests"] {
            fs::create_dir(folder.path().join(sub)).unwrap();
        }
        let cargo = folder.path().join("cargo");
        fs::write(&cargo, CARGO.replace("CARGO", &quote_for_shell(env!("CARGO")))).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        let programs = Self { folder, built };
        for name in programs.built.keys() {
            let link = if name.starts_with("tests/") { name.clone() } else { format!("programs/{name}") };
            programs.link(&link, name);
        }
        programs.link("nc", "nc");
        programs
    }

    /// From now on it is the solution that runs.
    pub fn written(&self, exercise: &str) {
        self.link(&format!("programs/{exercise}"), exercise);
    }

    /// The folder before all others.
    pub fn path(&self) -> String {
        format!("{}:{}:/usr/sbin:/sbin", self.folder.path().display(), env::var("PATH").unwrap_or_default())
    }

    fn link(&self, name: &str, built: &str) {
        let link = self.folder.path().join(name);
        let _ = fs::remove_file(&link);
        symlink(&self.built[built], link).unwrap();
    }
}

/// Whether it is one of the exercises.
pub fn is_written_here(name: &str) -> bool {
    Exercise::all().iter().any(|exercise| exercise.name() == name)
}
