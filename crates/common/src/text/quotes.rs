//! A word of a command that is to be typed.

use super::escape_line;
use std::iter;

/// A word of a command for this system's shell, in quotes where it needs them: a POSIX shell, or `PowerShell` on Windows.
///
/// What cannot be seen becomes an escape, as in [`escape_line`]: safe to show and to paste, but not that word any more.
///
/// ```
/// use common::text::quote_for_shell;
///
/// assert_eq!(quote_for_shell("IPs.txt"), "IPs.txt");
/// let quoted = if cfg!(windows) { r#""it's""# } else { r"'it'\''s'" };
/// assert_eq!(quote_for_shell("it's"), quoted);
/// assert_eq!(quote_for_shell("\x1b[2J$(reboot)"), r"'\x1b[2J$(reboot)'");
/// ```
#[must_use]
pub fn quote_for_shell(word: &str) -> String {
    let visible = escape_line(word.as_bytes());
    if cfg!(windows) { for_powershell(&visible) } else { for_posix(&visible) }
}

/// In double quotes, which cmd.exe and Git Bash know as well, unless `PowerShell` would expand something between them:
/// `about_Quoting_Rules`.
fn for_powershell(word: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || r"-_./\:=+".contains(character);
    let is_quote = |character: char| matches!(character, '\'' | '‘' | '’' | '‚' | '‛');
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_string();
    }
    if !word.contains(['$', '`', '"', '“', '”', '„']) {
        return format!("\"{word}\"");
    }
    let doubled = word.chars().flat_map(|character| iter::repeat_n(character, if is_quote(character) { 2 } else { 1 }));
    format!("'{}'", doubled.collect::<String>())
}

fn for_posix(word: &str) -> String {
    let quoted = shell_words::quote(word);
    // shell-words 1.1 leaves these as they are, and bash expands them: braces, and lines typed before.
    let is_expanded = quoted == word && word.contains(['{', '}', '!', '^']);
    if is_expanded { format!("'{word}'") } else { quoted.into_owned() }
}

#[cfg(test)]
mod tests {
    use super::for_powershell;

    /// What stands in a path, by how `PowerShell` and, where it can, cmd.exe read it as one word.
    #[test]
    fn a_word_for_powershell() {
        for (word, quoted) in [
            ("", r#""""#),
            ("IPs.txt", "IPs.txt"),
            ("C:/Users/Ana/session-08", "C:/Users/Ana/session-08"),
            ("C:/Users/Ana García", r#""C:/Users/Ana García""#),
            ("it's", r#""it's""#),
            ("a;b", r#""a;b""#),
            ("a&b(1)", r#""a&b(1)""#),
            ("@a,b", r#""@a,b""#),
            ("$HOME", "'$HOME'"),
            ("it's $1", "'it''s $1'"),
            ("it’s $1", "'it’’s $1'"),
            ("a `b`", "'a `b`'"),
            (r#"["python","Ex3.py"]"#, r#"'["python","Ex3.py"]'"#),
            ("“a”", "'“a”'"),
        ] {
            assert_eq!(for_powershell(word), quoted);
        }
    }
}
