//! What `common` promises to the exercises.

mod address;
mod answer;
mod columns;
mod graceful_close;
mod problem;
mod table;
mod terminal;
mod testing;
mod text;
