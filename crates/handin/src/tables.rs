//! The two tables to hand in: found, read, and judged.
//!
//! What is certainly left to do is open. What may be right is only noted: names in any language, cells in any order, a reason
//! instead of a time. No word decides that something is left to do, as nobody knows all words.

mod dates;
mod ips_table;
mod lesson;
mod measurement;
mod patterns;
mod ping_table;
mod table_line;

use super::candidates::{Candidate, best, candidates, inside};
use super::deliverables::{Deliverable, IPS, PINGS};
use super::filenames::Format;
use super::item::Item;
use super::student_folder::{Kind, StudentFolder};
use common::table;
use std::path::Path;
use std::sync::LazyLock;
use table_line::TableLine;

/// How many bytes of a table are read, from its beginning: the lesson's have one or two thousand.
const BYTES_READ: usize = 64 * 1024;

/// A table, and what is particular to it. `file` is what a command has to name, with a space before it, if it does not find the
/// table by itself.
struct Table {
    deliverable: &'static LazyLock<Deliverable>,
    /// Says what is open, and perhaps what is next.
    judge: fn(&mut Item, &[TableLine], file: &str),
    /// The command that goes on with the table.
    next: fn(file: &str) -> String,
}

const TABLES: [Table; 2] = [
    Table { deliverable: &IPS, judge: ips_table::judge, next: ips_table::next },
    Table { deliverable: &PINGS, judge: ping_table::judge, next: ping_table::next },
];

/// For each table the best of the files that may be it.
pub fn check(folder: &StudentFolder) -> Vec<Item> {
    TABLES
        .iter()
        .map(|table| {
            let is_text = |file: &Candidate| file.format != Format::Program;
            let found = best(&files(folder, table.deliverable, is_text), |file| Some(judge(folder, table, file)));
            let is_begun = found.as_ref().is_some_and(|item| !item.is_untouched());
            let misnamed = if is_begun { None } else { misnamed(folder, table) };
            misnamed.or(found).unwrap_or_else(|| missing(folder, table))
        })
        .collect()
}

/// The names of the rows that the lesson's table of this exercise has, none if there is no such table. Where the rows have no names of
/// their own, they are counted.
#[must_use]
pub fn rows_of(exercise: &str) -> Vec<&'static str> {
    match exercise {
        "ips" => ips_table::ROWS.to_vec(),
        "ex2-ping" => lesson::OWN.into_iter().chain(lesson::DESTINATIONS.iter().map(|one| one.name)).collect(),
        _ => Vec::new(),
    }
}

/// A table in a file that is named like a program: `IPs.py`.
fn misnamed(folder: &StudentFolder, table: &Table) -> Option<Item> {
    let is_table = |file: &Candidate| {
        let content = Some(file).filter(|file| file.kind == Kind::File).and_then(|file| read(folder, file).ok());
        let lines = content.map(|bytes| table_line::lines(beginning(&bytes), &table.deliverable.columns));
        file.format == Format::Program && lines.is_some_and(|lines| lines.iter().any(|line| line.is_in_table))
    };
    let file = files(folder, table.deliverable, is_table).into_iter().next()?;
    let mut item = judge(folder, table, &file);
    let right = file.path.with_extension("txt");
    item.open(None, "it is a table, and has the name of a program: rename it");
    item.next = Some(format!("mv {} {}", folder.typed(&file.path), folder.typed(&right)));
    Some(item)
}

fn missing(folder: &StudentFolder, table: &Table) -> Item {
    let mut item = Item::of(table.deliverable);
    let place = folder.place_for(table.deliverable.file);
    item.open(None, format!("there is no file {}", folder.root.join(&place).display()));
    item.note(None, format!("write the lesson's table into it: {}", table.deliverable.columns.join(" | ")));
    folder.note_too_large(&mut item);
    item.next = Some((table.next)(&named(folder, table, &place)));
    item
}

/// The candidates that are files, those in a folder of the exercise too.
fn files(folder: &StudentFolder, deliverable: &Deliverable, is_wanted: impl Fn(&Candidate) -> bool) -> Vec<Candidate> {
    let mut files = Vec::new();
    for candidate in candidates(folder, deliverable) {
        if candidate.kind != Kind::Folder {
            files.push(candidate);
        } else if !candidate.path.starts_with("crates") {
            files.extend(inside(folder, &candidate.path, |name| name.rank(deliverable)));
        }
    }
    files.retain(|file| file.kind != Kind::Folder && is_wanted(file));
    // A document that nobody can read as text is the last choice.
    files.sort_by_key(|file| file.format == Format::Document);
    files
}

fn judge(folder: &StudentFolder, table: &Table, candidate: &Candidate) -> Item {
    let mut item = Item::of(table.deliverable);
    item.found_in(&candidate.path);
    let file = named(folder, table, &candidate.path);
    match read(folder, candidate) {
        Err(why) => item.open(None, why),
        Ok(bytes) if bytes.trim_ascii().is_empty() => item.open_untouched(None, "it is empty"),
        Ok(bytes) => {
            let read = beginning(&bytes);
            if read.len() < bytes.len() {
                item.note(None, "it is long: only its first 64 KiB were read");
            }
            (table.judge)(&mut item, &table_line::lines(read, &table.deliverable.columns), &file);
        }
    }
    if item.is_open() {
        item.next.get_or_insert_with(|| (table.next)(&file));
    }
    item
}

/// Its content, or why it is no table that can be read.
fn read(folder: &StudentFolder, candidate: &Candidate) -> Result<Vec<u8>, String> {
    let document = "it is not plain text: write the table with an editor into a file that ends in .txt";
    let is_document = candidate.format == Format::Document;
    match candidate.kind.refusal().or(is_document.then_some(document)) {
        Some(why) => Err(why.to_string()),
        None => table::content(&folder.real.join(&candidate.path))
            .map_err(|problem| format!("{}: {}", problem.error(), problem.cause())),
    }
}

fn beginning(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(BYTES_READ)]
}

/// How the file is named to the program that writes it: not at all if the program finds it by itself.
fn named(folder: &StudentFolder, table: &Table, path: &Path) -> String {
    let name = table.deliverable.file;
    let place = |file: &Path| file.parent().and_then(|place| place.canonicalize().ok());
    let found = table::find_course_file(name, "").ok().filter(|_| path.ends_with(name)).and_then(|found| place(&found));
    let is_found = found.is_some() && found == place(&folder.real.join(path));
    if is_found { String::new() } else { format!(" {}", folder.typed(path)) }
}
