//! The netcat with which a failure is tried by hand: one that this computer has.

use crate::text;
use std::env::{self, consts::EXE_SUFFIX};
use std::path::Path;

/// The names that netcats have.
const NAMES: [&str; 4] = ["nc", "ncat", "netcat", "busybox"];

/// The command of a netcat that this computer has, to be typed in a shell. The one of this project comes first where a program of
/// this project is tried.
///
/// ```
/// assert_eq!(common::testing::netcat(true), "cargo run -q -p nc --");
/// ```
#[must_use]
pub fn command(in_this_project: bool) -> String {
    // cargo runs tests in the folder of their crate.
    let crates = env::current_dir().ok().and_then(|folder| folder.parent().map(Path::to_path_buf));
    let own = crates.map(|crates| crates.join("nc").join("Cargo.toml")).filter(|manifest| manifest.is_file());
    if in_this_project && own.is_some() {
        return "cargo run -q -p nc --".to_string();
    }
    if let Some(name) = NAMES.into_iter().find(|name| is_in_path(name)) {
        return if name == "busybox" { "busybox nc".to_string() } else { name.to_string() };
    }
    own.map_or("nc".to_string(), |manifest| {
        format!("cargo run -q --manifest-path {} --", text::quote_for_shell(&manifest.to_string_lossy()))
    })
}

/// The same as a listener. macOS has a netcat that refuses `-p` there, and others want it.
pub fn listener(in_this_project: bool, port: u16) -> String {
    let command = command(in_this_project);
    let option = if cfg!(target_os = "macos") && command == "nc" { "-l" } else { "-l -p" };
    format!("{command} {option} {port}")
}

fn is_in_path(name: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders).any(|folder| folder.join(format!("{name}{EXE_SUFFIX}")).is_file())
}
