//! The one list of exercises, `exercises.toml` at the root of the workspace.

use std::sync::LazyLock;
use toml::{Table, Value};

static LIST: LazyLock<Table> =
    LazyLock::new(|| include_str!("../../../exercises.toml").parse().expect("a test reads it"));

/// The names of all exercises, in the order of the lesson.
pub fn names() -> Vec<&'static str> {
    let exercises = LIST["exercise"].as_array().map(Vec::as_slice).unwrap_or_default();
    exercises.iter().filter_map(|exercise| exercise.get("name").and_then(Value::as_str)).collect()
}
