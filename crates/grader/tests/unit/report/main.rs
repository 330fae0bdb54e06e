//! The reports, on classes made by hand and by proptest, with texts by strangers.

mod classes;
mod classroom50;
mod columns;
mod csv;
mod gradescope;
mod html;
mod junit;
mod markdown;
mod readers;
mod save;
