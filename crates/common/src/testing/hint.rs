//! What to look at in a program, in the language that it is written in.

/// What to look at in the program, for a beginner who does not see why a test fails. What one writes there stands in it for the language
/// of the program under test, and of no other.
///
/// ```
/// use common::testing::Hint;
///
/// const HINT: Hint = Hint::new("close the socket after send").in_python("s.close()").in_rust("drop(socket)");
/// assert_eq!(HINT.to_text("Rust"), "close the socket after send; in Rust: drop(socket)");
/// assert_eq!(HINT.to_text("Perl"), "close the socket after send");
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

    /// The hint for a program in this language.
    #[must_use]
    pub fn to_text(self, language: &str) -> String {
        let code = match language {
            "Python" => self.python,
            "Rust" => self.rust,
            _ => "",
        };
        if code.is_empty() { self.general.to_string() } else { format!("{}; in {language}: {code}", self.general) }
    }
}
