//! What a line of the table of ping times says about its destination.

use super::lesson::{Destination, OWN};
use super::patterns::{Hosts, Times};
use super::table_line::TableLine;

/// The result of a ping, as the student wrote it down; what says the most first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub enum Measurement {
    Times(Times),
    /// Why there are none, in any language.
    Reason,
    /// Perhaps a reason, perhaps a name.
    Unclear(String),
    Nothing,
}

impl Measurement {
    /// Times with a unit anywhere in the line, else what stands in the column of times, else what is no address and no name.
    pub fn of(line: &TableLine) -> Self {
        let times = Times::of(&line.hosts.others);
        if times.has_unit {
            return Self::Times(times);
        }
        match line.value.as_deref() {
            None => Self::of_others(line),
            // The time may stand in another column. A text there is a name.
            Some(value) if is_blank(value) => match Self::of_others(line) {
                Self::Times(times) => Self::Times(times),
                _ => Self::Nothing,
            },
            Some(value) => match Times::of(&Hosts::of(value).others) {
                // Units to which the numbers are still to come.
                times if times.numbers.is_empty() && times.has_unit_alone(value) => Self::Nothing,
                times if times.numbers.is_empty() || times.has_words => Self::Reason,
                times => Self::Times(times),
            },
        }
    }

    /// `Google: 8.8.8.8 no ping`, `8.8.8.8 - 3.5, 3.6`.
    fn of_others(line: &TableLine) -> Self {
        let is_own = |word: &str| OWN.iter().any(|own| word.contains(&own.to_lowercase()));
        let is_name = |word: &str| is_own(word) || Destination::named_in(word).is_some();
        let words = line.hosts.others.split([' ', '\t', '|']);
        let words: Vec<&str> = words.filter(|word| !is_name(&word.to_lowercase()) && !is_blank(word)).collect();
        let text = words.join(" ");
        let times = Times::of(&text);
        // A dash behind a name is a reason. Before it, it stands for an IP that is not known.
        let is_dash = !text.contains(char::is_alphanumeric) && !line.text.trim_end_matches(['|', ' ']).ends_with(&text);
        if words.is_empty() || is_dash {
            Self::Nothing
        } else if times.has_words {
            Self::Unclear(text)
        } else if times.numbers.is_empty() {
            Self::Reason
        } else {
            Self::Times(times)
        }
    }
}

/// Dots and question marks are the lesson's way to say "to be filled in". A dash is a reason.
fn is_blank(cell: &str) -> bool {
    cell.chars().all(|character| character.is_whitespace() || ".?…_".contains(character))
}
