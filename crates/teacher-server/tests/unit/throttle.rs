//! Tests of `src/throttle.rs`, from inside.

use super::Throttle;

#[test]
fn the_first_note_is_due_and_the_next_one_is_not() {
    let throttle = Throttle::default();
    assert!(throttle.is_due());
    assert!(!throttle.is_due());
}
