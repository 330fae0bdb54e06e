//! What a file may hold besides the rows that are read. A table is changed only where there is none of it: else a row would be
//! written twice, or lose its header.

use super::every_line::{Pair, apart, cells};
use super::header_words::{first_word, names_column};
use super::lines::{lines, without_break};
use super::parse::{Header, Place, Unread, is_ip, next_table};
use crate::Problem;
use std::path::Path;

/// Refuses a file whose table cannot be read for certain, with the line and what to do.
pub fn check(path: &Path, file: &[u8], columns: &[&str]) -> Result<(), Problem> {
    let start = Place::start_of(file);
    let Some(mut found) = next_table(file, start, columns) else { return check_without_table(path, file, columns) };
    let refuse = |(line, why)| Err(problem(path, line, why));
    found.unread.sort_by_key(|(line, _)| *line);
    if let Some(unread) = found.unread.first() {
        return refuse(*unread);
    }
    let mut end = found.end;
    if let Some((line, _)) = apart(file, &mut end, &found.header, columns).first() {
        return refuse((*line, Unread::Apart));
    }
    if Header::parse(&file[end.bytes..], columns).is_some() {
        return refuse((end.lines + 1, Unread::Header));
    }
    let is_outside = |number: &usize| *number < found.header_line || *number > found.end.lines;
    let outside = numbered(file, start).filter(|(number, _)| is_outside(number));
    let is_row = |text: &str| {
        let cells = cells(text);
        cells.len() + 1 >= columns.len() && cells.iter().any(|cell| is_ip(cell))
    };
    let mut apart = outside.filter(|(_, text)| is_row(text));
    apart.next().map_or(Ok(()), |(number, _)| refuse((number, Unread::Apart)))
}

/// A file without a table gets one at its end. Not so if it has rows, in whatever form.
fn check_without_table(path: &Path, file: &[u8], columns: &[&str]) -> Result<(), Problem> {
    let is_between = |character: char| character.is_whitespace() || "|,;()[]<>\"'=".contains(character);
    let mut names = Vec::new();
    let has_word = |(_, text): &(usize, String)| text.contains(char::is_alphanumeric);
    for (number, text) in numbered(file, Place::start_of(file)).filter(has_word) {
        names.extend(Pair::of(number, &text, columns).map(|pair| pair.column));
        let words = text.split(is_between).map(|word| word.trim_end_matches(['.', ':']));
        let known = columns.iter().filter(|own| words.clone().any(|word| names_column(&first_word(word), own))).count();
        let tags = text.to_lowercase();
        let is_like_a_table = tags.contains("<table") || tags.contains("<td") || known >= columns.len().max(3);
        if is_like_a_table || names.len() > 1 || words.clone().any(is_ip) {
            return Err(Problem::new(
                format_args!("{} is left as it is: it has no table that can be read", path.display()),
                format!("line {number} may be of one, and no line names the columns with a pipe between them"),
                format!("write this line above the rows: | {} |; and a pipe between their cells", columns.join(" | ")),
            ));
        }
    }
    Ok(())
}

/// The lines and their numbers, what is no UTF-8 as U+FFFD.
fn numbered(file: &[u8], start: Place) -> impl Iterator<Item = (usize, String)> {
    let text = |line| String::from_utf8_lossy(without_break(line)).into_owned();
    (1..).zip(lines(&file[start.bytes..]).map(text))
}

fn problem(path: &Path, line: usize, why: Unread) -> Problem {
    let (cause, next) = match why {
        Unread::Unclear => (
            "may be a row, but which of its cells stands in which column?",
            "put pipes between its cells, empty ones too: | mobile | Wifi | | home | |; or, if it is no row, an empty line above it",
        ),
        Unread::Encoding => ("is not saved as UTF-8", "open it in your editor, and save it as UTF-8"),
        Unread::Header => ("names the columns a second time", "make one table of the two, or take the other one out"),
        Unread::Apart => (
            "may be a row, and stands apart from the table",
            "put it directly below the table's last row; or take it out",
        ),
    };
    Problem::new(
        format_args!("{} is left as it is: not all of its table can be read", path.display()),
        format!("line {line} {cause}"),
        next,
    )
}
