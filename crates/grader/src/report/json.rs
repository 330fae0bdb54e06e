//! The model itself, as JSON: what `--merge` reads again.

use crate::model::Class;
use common::{Problem, text};

/// The class.
pub fn json(class: &Class) -> Result<String, Problem> {
    let written = serde_json::to_string_pretty(class);
    let text = written.map_err(|e| Problem::new("the class could not be written as JSON", e, "take another report"))?;
    Ok(text::escape_json(&text) + "\n")
}
