//! The reports, each made of the one model.

pub mod json;
pub mod terminal;
