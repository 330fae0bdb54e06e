//! Words of a command that a student types in a shell.

use common::text;
use std::path::{Component, Path, PathBuf};

/// A word as every shell takes it: as it is where that works, in double quotes where these are enough (`cmd` knows no others), else
/// in single ones. What cannot be seen is shown as an escape: such a name can only be typed with the help of the shell.
pub fn word(text: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "-_.,:/=@+".contains(character);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_string();
    }
    if !text.is_empty() && text.chars().all(|character| is_plain(character) || character == ' ') {
        return format!("\"{text}\"");
    }
    quoted(text)
}

/// A word in single quotes.
pub fn quoted(text: &str) -> String {
    format!("'{}'", text::escape_line(text.as_bytes()).replace('\'', r"'\''"))
}

/// A path as a word: with `/`, and never one that a program takes for an option.
pub fn path(path: &Path) -> String {
    let parts: Vec<_> = path.components().filter(|part| *part != Component::CurDir).collect();
    let path: PathBuf = parts.iter().collect();
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    match text.as_str() {
        "" => ".".to_string(),
        dash if dash.starts_with('-') => word(&format!("./{dash}")),
        text => word(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{path, word};
    use std::path::Path;

    #[test]
    fn no_word_does_anything_else_in_a_shell() {
        for (text, typed) in [
            ("session-08", "session-08"),
            ("my work", "\"my work\""),
            ("", "''"),
            ("$(reboot)", "'$(reboot)'"),
            ("a b;c", "'a b;c'"),
            ("it's", r"'it'\''s'"),
            ("a\nb\u{1b}[2J", r"'a\nb\x1b[2J'"),
            ("~", "'~'"),
        ] {
            assert_eq!(word(text), typed);
        }
    }

    #[test]
    fn a_path_is_no_option() {
        for (text, typed) in [("./S08/IPs.txt", "S08/IPs.txt"), (".", "."), ("-f", "./-f"), ("../ana", "../ana")] {
            assert_eq!(path(Path::new(text)), typed);
        }
    }
}
