//! A path in a command that a student types.

use common::text;
use std::path::{Component, Path, PathBuf};

/// As git and a shell write it, with `/`.
#[must_use]
pub fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// As a person writes it: on Windows `Path::canonicalize` puts `\\?\` before it, and makes `\\?\UNC\server` of `\\server`.
pub fn shown(path: &Path) -> String {
    without_verbatim(&path.to_string_lossy())
}

fn without_verbatim(path: &str) -> String {
    match path.strip_prefix(r"\\?\") {
        Some(rest) => rest.strip_prefix(r"UNC\").map_or(rest.to_string(), |share| format!(r"\\{share}")),
        None => path.to_string(),
    }
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

#[cfg(test)]
mod tests {
    use super::without_verbatim;

    #[test]
    fn a_path_is_shown_as_a_person_writes_it() {
        for (verbatim, expected) in
            [(r"\\?\Z:\course", r"Z:\course"), (r"\\?\UNC\nas\course", r"\\nas\course"), ("/home/ana", "/home/ana")]
        {
            assert_eq!(without_verbatim(verbatim), expected);
        }
    }
}
