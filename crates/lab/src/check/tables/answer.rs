//! What a row of the table of times says about its destination: times, a reason why not, or nothing.

use super::super::patterns::{self, Times};
use super::super::rows::Row;
use super::lesson;

/// What a row says about its destination.
pub enum Answer {
    Times(Times),
    /// Anything else, in any language.
    Reason,
    /// Perhaps a reason, perhaps a name.
    Unclear(String),
    Nothing,
}

impl Answer {
    /// What the row says: times anywhere in it, else what stands in the column of times, else whatever is no address, no host and
    /// no name of the lesson's.
    pub fn of(row: &Row) -> Self {
        let times = patterns::times(&row.without_hosts);
        if times.with_unit > 0 {
            return Answer::Times(times);
        }
        if let Some(value) = row.value.as_deref().filter(|value| !is_blank(value)) {
            let times = patterns::times(&patterns::without_hosts(value));
            return if times.numbers.is_empty() || times.has_words { Answer::Reason } else { Answer::Times(times) };
        }
        let others = answers(row);
        let is_named = row.cells.iter().any(|cell| is_label(cell));
        match (others.as_slice(), &row.value) {
            ([], _) => bare(row),
            // The row is whole and its column of times is empty: a single text besides the address is its name.
            ([_], Some(_)) if !is_named => Answer::Nothing,
            ([.., last], _) if patterns::times(last).has_words => Answer::Unclear((*last).clone()),
            ([.., last], _) if last.contains(|c: char| c.is_ascii_digit()) => Answer::Times(patterns::times(last)),
            _ => Answer::Reason,
        }
    }

    /// The lower, the more it says.
    pub fn rank(&self) -> u8 {
        match self {
            Self::Times(_) => 0,
            Self::Reason => 1,
            Self::Unclear(_) => 2,
            Self::Nothing => 3,
        }
    }

    /// Whether it has a time with a unit.
    pub fn has_unit(&self) -> bool {
        matches!(self, Self::Times(times) if times.with_unit > 0)
    }

    /// Whether it says anything.
    pub fn is_there(&self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

/// The cells that may be an answer. A dash is one only behind a name: before it, it stands for an IP that is not known.
fn answers(row: &Row) -> Vec<&String> {
    let first_name = row.cells.iter().position(|cell| is_name(cell)).unwrap_or(0);
    let says = |place: usize, cell: &str| place > first_name || cell.contains(char::is_alphanumeric);
    let cells =
        row.cells.iter().enumerate().filter(|(place, cell)| !is_name(cell) && !is_blank(cell) && says(*place, cell));
    cells.map(|(_, cell)| cell).collect()
}

/// A line without gaps: `Google: 8.8.8.8 no ping`, `8.8.8.8 - 3.5, 3.6`.
fn bare(row: &Row) -> Answer {
    if row.value.is_some() {
        return Answer::Nothing;
    }
    let rest = &row.without_hosts;
    let is_own = |word: &&str| {
        let small = word.to_lowercase();
        let is_known =
            lesson::DESTINATIONS.iter().any(|destination| destination.words.iter().any(|own| small.contains(own)));
        is_known || lesson::OWN.iter().any(|own| small.contains(&own.to_lowercase()))
    };
    let words: Vec<&str> = rest.split_whitespace().filter(|word| !is_own(word) && !is_blank(word)).collect();
    let text = words.join(" ");
    let times = patterns::times(&text);
    if words.is_empty() || (row.has_cells() && !text.contains(char::is_alphanumeric)) {
        Answer::Nothing
    } else if times.has_words {
        Answer::Unclear(text)
    } else if times.numbers.is_empty() {
        Answer::Reason
    } else {
        Answer::Times(times)
    }
}

/// Whether a cell says who the destination is, and nothing else.
fn is_name(cell: &str) -> bool {
    is_label(cell) || !patterns::addresses(cell).is_empty()
}

/// Whether a cell names the destination by a word.
fn is_label(cell: &str) -> bool {
    let small = cell.to_lowercase();
    let is_known =
        lesson::DESTINATIONS.iter().flat_map(|destination| destination.words).any(|word| small.contains(word));
    is_known || patterns::has_host(cell) || lesson::OWN.iter().any(|own| small == own.to_lowercase())
}

/// Whether nothing is said: dots and question marks are the lesson's way to say "to be filled in". A dash is an answer.
fn is_blank(cell: &str) -> bool {
    cell.chars().all(|character| character.is_whitespace() || ".?…_".contains(character))
}
