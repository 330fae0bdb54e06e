//! The one list of exercises, `exercises.toml` at the root of the workspace.

use crate::check::deliverables::{exercises, text};

/// The names of all exercises, in the order of the lesson.
pub fn names() -> impl Iterator<Item = &'static str> {
    exercises().map(|entry| text(entry, "name"))
}
