//! The two tables to hand in: found, read, and judged.
//!
//! What is certainly left to do is open. What may be right is not: names in any language, cells in any order, a reason instead of
//! a time.

mod addresses;
mod answer;
mod lesson;
mod times;

use super::deliverable::Deliverable;
use super::find::{Candidate, best, candidates, in_folder, tell_too_large};
use super::names::{Format, IPS, Known, PINGS};
use super::rows::Row;
use super::shell;
use super::work::{Kind, Work};
use common::table;
use std::path::{Path, PathBuf};

/// How many bytes of a table are looked at, from its beginning: the lesson's have one or two thousand.
const MAX_BYTES: usize = 256 * 1024;

/// What is said about a table that is not as the lesson gives it any more.
struct Table {
    name: &'static str,
    title: &'static str,
    /// As the lesson calls its file.
    file: &'static str,
    known: &'static Known,
    /// What comes before that command where there is no file at all.
    before: Option<&'static str>,
    rows: fn(&[u8]) -> Vec<Row>,
    judge: fn(&mut Deliverable, &[Row]),
    /// The command that goes on, `file` being what has to be named.
    next: fn(&Deliverable, Option<&str>) -> String,
}

/// Exercise 1: the table of IPs.
pub fn ips(work: &Work) -> Deliverable {
    check(
        work,
        &Table {
            name: "IPs",
            title: "the table of IPs",
            file: lesson::IPS_FILE,
            known: &IPS,
            before: None,
            rows: addresses::rows,
            judge: addresses::judge,
            next: addresses::next,
        },
    )
}

/// Exercise 2: the table of ping times.
pub fn pings(work: &Work) -> Deliverable {
    check(
        work,
        &Table {
            name: "Ex2",
            title: "the table of ping times",
            file: lesson::PINGS_FILE,
            known: &PINGS,
            before: Some("write the lesson's table into it first: its header, and a row for each destination"),
            rows: times::rows,
            judge: times::judge,
            next: |_, file| times::next(file),
        },
    )
}

/// The best of the files that may be the table.
fn check(work: &Work, table: &Table) -> Deliverable {
    let found = best(&files(work, table.known), |candidate| Some(judged(work, table, candidate)));
    found.unwrap_or_else(|| missing(work, table))
}

fn missing(work: &Work, table: &Table) -> Deliverable {
    let mut deliverable = Deliverable::new(table.name, table.title);
    let place = work.place_for(table.file);
    deliverable.open(None, format!("there is no file {}", work.shown(&place).display()));
    tell_too_large(work, &mut deliverable);
    if let Some(before) = table.before {
        deliverable.note(None, before);
    }
    deliverable.next = Some((table.next)(&deliverable, named(work, &place).as_deref()));
    deliverable
}

/// The candidates that are files, those in a folder of the exercise too.
fn files(work: &Work, known: &Known) -> Vec<Candidate> {
    let is_table = |candidate: &Candidate| candidate.format != Format::Program;
    let mut files = Vec::new();
    for candidate in candidates(work, known) {
        if candidate.kind != Kind::Folder {
            files.push(candidate);
        } else if !candidate.path.starts_with("crates") {
            let inside = in_folder(work, &candidate.path, |name| name.is(known));
            files.extend(inside.into_iter().filter(|inside| inside.kind != Kind::Folder));
        }
    }
    files.retain(is_table);
    // A document that nobody can read as text is the last choice.
    files.sort_by_key(|candidate| candidate.format == Format::Document);
    files
}

fn judged(work: &Work, table: &Table, candidate: &Candidate) -> Deliverable {
    let mut deliverable = Deliverable::new(table.name, table.title);
    deliverable.found_in(&candidate.path);
    match content(work, candidate) {
        Err(why) => deliverable.open(None, why),
        Ok(bytes) if bytes.trim_ascii().is_empty() => deliverable.open(None, "it is empty"),
        Ok(bytes) => {
            if bytes.len() > MAX_BYTES {
                deliverable.note(None, "it is long: only its first 256 KiB were looked at");
            }
            (table.judge)(&mut deliverable, &(table.rows)(&bytes[..bytes.len().min(MAX_BYTES)]));
        }
    }
    if deliverable.is_open() {
        deliverable.next = Some((table.next)(&deliverable, named(work, &candidate.path).as_deref()));
    }
    deliverable
}

/// The bytes of the file, or why they are not read.
fn content(work: &Work, candidate: &Candidate) -> Result<Vec<u8>, String> {
    let path = &candidate.path;
    match (candidate.kind, candidate.format) {
        (Kind::LinkOut, _) => return Err("it is a link out of this folder: put the file itself here".to_string()),
        (Kind::Neither, _) => return Err("it is no file, but a pipe, a device or a link to nothing".to_string()),
        (_, Format::Document) => {
            return Err("it is no plain text: write the table with an editor into a file that ends in .txt".to_string());
        }
        _ => {}
    }
    table::content(&work.real(path)).map_err(|problem| {
        let error = problem.error().replace(&work.real(path).display().to_string(), "the file");
        format!("{error}: {}", problem.cause())
    })
}

/// How the file is named to the program that writes it: not at all if the program finds it by itself.
fn named(work: &Work, path: &Path) -> Option<String> {
    let by_itself = |name: &str| -> Option<PathBuf> { table::find_course_file(name, "").ok()?.canonicalize().ok() };
    let real = work.real(path);
    let name = path.file_name()?.to_string_lossy();
    let is_found = real.canonicalize().is_ok_and(|real| by_itself(&name).is_some_and(|found| found == real));
    let will_be_found = || {
        let here = table::find_course_file(&name, "").ok();
        let folders =
            here.and_then(|here| Some((here.parent()?.canonicalize().ok()?, real.parent()?.canonicalize().ok()?)));
        !real.exists() && folders.is_some_and(|(found, wanted)| found == wanted)
    };
    let is_the_lessons = [lesson::IPS_FILE, lesson::PINGS_FILE].contains(&name.as_ref());
    if is_the_lessons && (is_found || will_be_found()) { None } else { Some(shell::path(&work.shown(path))) }
}
