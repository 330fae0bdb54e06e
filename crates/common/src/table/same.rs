//! Whether two cells say the same.

use crate::text::is_safe;
use unicode_normalization::UnicodeNormalization as _;

/// Whether two names are the same but for spaces, the size of letters, and how a letter is put together: `é` may be one character
/// or two (Unicode Standard Annex 15, form NFKC).
///
/// ```
/// use common::table::is_same;
///
/// assert!(is_same("Mo\u{301}vil  de Ana", "MÓVIL DE ANA"));
/// assert!(!is_same("móvil", "movil"));
/// ```
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// What cannot be seen is none.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.nfkc().filter(|letter| is_safe(*letter) && !letter.is_whitespace()).flat_map(char::to_lowercase)
}
