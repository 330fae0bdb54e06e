//! Tests of `src/board/history.rs`, from inside.

use super::{History, MINUTES};
use std::time::Duration;

/// What the last minutes are after these seconds and totals, without the zeros before.
fn after(notes: &[(u64, u64)]) -> Vec<u64> {
    let mut history = History::default();
    for &(seconds, total) in notes {
        history.note(total, Duration::from_secs(seconds));
    }
    assert_eq!(history.minutes.len(), MINUTES);
    history.minutes.into_iter().skip_while(|count| *count == 0).collect()
}

#[test]
fn what_has_come_since_the_last_look_came_in_this_minute() {
    assert_eq!(after(&[(0, 0), (1, 5), (59, 7)]), [7]);
    assert_eq!(after(&[(1, 5), (61, 7), (62, 9)]), [5, 4]);
}

#[test]
fn minutes_without_anybody_are_there_too() {
    assert_eq!(after(&[(0, 3), (190, 4)]), [3, 0, 0, 1]);
}

#[test]
fn after_an_hour_the_oldest_are_gone() {
    assert_eq!(after(&[(0, 3), (59 * 60, 3)]), [[3].as_slice(), &[0; 59]].concat());
    assert!(after(&[(0, 3), (60 * 60, 3)]).is_empty());
    assert_eq!(after(&[(0, 3), (10_000_000, 4)]), [1]);
}
