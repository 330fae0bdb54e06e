//! Tests of `src/names.rs`, from inside.

use super::{MAX_NAME_LEN, shown};

#[test]
fn an_address_is_no_name() {
    for address in ["192.168.1.1", "2001:db8::1"] {
        assert_eq!(shown(address), None);
    }
    assert_eq!(shown("lab1.example").as_deref(), Some("lab1.example"));
}

#[test]
fn a_name_is_safe_and_short() {
    assert_eq!(shown("a\u{1b}[2J").as_deref(), Some("a\\x1b[2J"));
    assert_eq!(shown(&"x".repeat(253)).map(|name| name.len()), Some(MAX_NAME_LEN));
}
