//! The workspace that this program is of: its tests, and its list of exercises.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Its root. cargo says so where this program is run by it; else it is where the program was built.
pub fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let ours = |folder: &PathBuf| folder.ends_with("crates/grader");
    let own = here.filter(ours).unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    let root = own.join("../..");
    root.canonicalize().unwrap_or(root)
}

/// The list of exercises.
pub fn list() -> PathBuf {
    root().join("exercises.toml")
}

/// The folder of a package.
pub fn package(name: &str) -> PathBuf {
    root().join("crates").join(name)
}

/// The cargo that runs: inside `cargo run` and `cargo test` this names it.
pub fn cargo() -> PathBuf {
    env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// cargo, in a folder, without the network and without what a test's or another cargo's run has left in the environment.
pub fn cargo_in(folder: &Path) -> Command {
    let mut command = Command::new(cargo());
    command.current_dir(folder).env("CARGO_NET_OFFLINE", "true");
    command
}
