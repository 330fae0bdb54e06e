//! What to look at in a program, in the language that it is written in.

use super::VARIABLE;
use std::{env, fmt};

/// What to look at in the program, for a beginner who does not see why a test fails. What one writes there stands in it for the language
/// of the program under test, and of no other.
///
/// ```
/// use common::testing::Hint;
///
/// const HINT: Hint = Hint::new("close the socket after send").in_python("s.close()").in_rust("drop(socket)");
/// // Without a command of somebody else's the crate's own program is tested.
/// assert_eq!(HINT.to_string(), "close the socket after send; in Rust: drop(socket)");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Hint {
    general: &'static str,
    python: &'static str,
    rust: &'static str,
}

impl Hint {
    /// A hint that is right in any language.
    #[must_use]
    pub const fn new(general: &'static str) -> Self {
        Self { general, python: "", rust: "" }
    }

    /// The same with what one writes in Python.
    #[must_use]
    pub const fn in_python(self, python: &'static str) -> Self {
        Self { python, ..self }
    }

    /// The same with what one writes in Rust.
    #[must_use]
    pub const fn in_rust(self, rust: &'static str) -> Self {
        Self { rust, ..self }
    }

    fn to_text(self, command: Option<&str>) -> String {
        let (language, code) = match command {
            None => ("Rust", self.rust),
            Some(command) if command.to_lowercase().contains("py") => ("Python", self.python),
            Some(_) => ("", ""),
        };
        if code.is_empty() { self.general.to_string() } else { format!("{}; in {language}: {code}", self.general) }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(env::var(VARIABLE).ok().as_deref()))
    }
}

#[cfg(test)]
mod tests {
    use super::Hint;

    #[test]
    fn a_hint_speaks_the_language_of_the_program() {
        let hint = Hint::new("close").in_python("s.close()").in_rust("drop(socket)");
        assert_eq!(hint.to_text(None), "close; in Rust: drop(socket)");
        for python in [r#"["python3","Ex3.py"]"#, r#"["pypy","Ex3"]"#, r#"["./Ex3.py"]"#] {
            assert_eq!(hint.to_text(Some(python)), "close; in Python: s.close()");
        }
        assert_eq!(hint.to_text(Some(r#"["java","Ex3.java"]"#)), "close");
        assert_eq!(Hint::new("close").in_rust("drop(socket)").to_text(Some("python3")), "close");
    }
}
