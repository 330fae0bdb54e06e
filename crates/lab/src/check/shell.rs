//! A path in a command that a student types.

use common::text;
use std::path::{Component, Path, PathBuf};

/// With `/`, and never one that a program takes for an option.
pub fn path(path: &Path) -> String {
    let path: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    match text.as_str() {
        "" => ".".to_string(),
        dash if dash.starts_with('-') => text::quote_for_shell(&format!("./{dash}")),
        text => text::quote_for_shell(text),
    }
}
