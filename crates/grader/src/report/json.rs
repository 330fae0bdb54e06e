//! The model itself, as JSON: what `--merge` reads again.

use crate::model::Class;
use std::io::{self, Write};

/// Writes the class.
pub fn write(class: &Class, mut out: impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, class)?;
    writeln!(out)
}
