//! A path in a command that a student types.

use common::text;
use std::path::{Component, Path, PathBuf};

/// As git and a shell write it, with `/`.
#[must_use]
pub fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// With `/`, and never one that a program takes for an option or a pattern.
#[must_use]
pub fn path(path: &Path) -> String {
    let path: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    match slashes(&path).as_str() {
        "" => ".".to_string(),
        // To git a colon is the beginning of a pattern: gitglossary(7), pathspec.
        sign if sign.starts_with(['-', ':']) => text::quote_for_shell(&format!("./{sign}")),
        text => text::quote_for_shell(text),
    }
}
