//! Where two texts differ, marked for a beginner who does not see that a comma is missing.

use super::words::shown;
use crate::text;

/// In which column of a report a text begins.
pub(super) const COLUMN: usize = 16;

/// How many lines, and characters of a line, are compared.
const MAX_LINES: usize = 100;
const MAX_LINE_LEN: usize = 200;

/// How many characters a mark shows of what is missing.
const MAX_MISSING_LEN: usize = 30;

/// What stands on the screen in the place of the expected text: the lines that are most like it, with the place marked where they differ.
pub(super) fn on_screen(expected: &str, screen: &str) -> String {
    match nearest(expected, screen) {
        Some(lines) => format!("{}{}", shown(lines.as_bytes()), mark(expected, &lines)),
        None => "see its screen below".to_string(),
    }
}

/// The line below two texts that begin in the same column: a mark where they differ, and what is missing there.
pub(super) fn mark(expected: &str, arrived: &str) -> String {
    let (expected, arrived): (Vec<char>, Vec<char>) = (expected.chars().collect(), arrived.chars().collect());
    let begin = common_len(expected.iter(), arrived.iter());
    let (more, other) = (&expected[begin..], &arrived[begin..]);
    let end = common_len(more.iter().rev(), other.iter().rev());
    let (missing, instead) = (&more[..more.len() - end], &other[..other.len() - end]);
    let quoted = |part: &[char]| format!("\"{}\"", escape(part));
    let what = match (missing, instead) {
        ([], []) => return String::new(),
        _ if missing.len().max(instead.len()) > MAX_MISSING_LEN => "from here on they differ".to_string(),
        (_, []) => format!("{} is missing here", quoted(missing)),
        ([], _) => format!("{} is too much here", quoted(instead)),
        _ => format!("{} is expected here, and not {}", quoted(missing), quoted(instead)),
    };
    format!("\n{:1$}^ {what}", "", COLUMN + escape(&arrived[..begin]).chars().count())
}

fn common_len<'a>(one: impl Iterator<Item = &'a char>, other: impl Iterator<Item = &'a char>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

fn escape(part: &[char]) -> String {
    text::escape_line(part.iter().collect::<String>().as_bytes())
}

/// The lines of the screen that are most like the text, which may have line breaks in it.
fn nearest(text: &str, screen: &str) -> Option<String> {
    let lines: Vec<&str> = screen.lines().take(MAX_LINES).map(str::trim_end).collect();
    let windows = (1..=text.lines().count() + 1).flat_map(|count| lines.windows(count));
    let candidates = windows.map(|window| window.join("\n")).filter(|lines| lines.len() <= MAX_LINE_LEN);
    let (changes, lines) = candidates.map(|lines| (edit_distance(text, &lines), lines)).min()?;
    (changes * 2 <= text.chars().count()).then_some(lines)
}

/// How many characters must be put in, taken out or replaced to make one text of the other (Levenshtein).
fn edit_distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (column, &opposite) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != opposite);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::on_screen;

    #[track_caller]
    fn check(expected: &str, screen: &str, line: &str, mark: &str) {
        assert_eq!(on_screen(expected, screen), format!("{line}\n{:16}{mark}", ""));
    }

    #[test]
    fn the_place_is_marked_where_a_comma_a_word_or_a_line_break_is_missing() {
        let waiting = "Waiting for connections at 127.0.0.1, 8080";
        let screen = "A server\nWaiting for connections at 127.0.0.1 8080\nMessage from client: HELLO\n";
        let mark = "                                    ^ \",\" is missing here";
        check(waiting, screen, "Waiting for connections at 127.0.0.1 8080", mark);
        let mark = "        ^ \"for \" is missing here";
        check(waiting, "Waiting connections at 127.0.0.1, 8080", "Waiting connections at 127.0.0.1, 8080", mark);
        let heading = "MESSAGE FROM THE SERVER:\n\nHello";
        let mark = "                          ^ \"\\n\" is missing here";
        check(heading, "MESSAGE FROM THE SERVER:\nHello\n", "MESSAGE FROM THE SERVER:\\nHello", mark);
        let mark = "                       ^ \":\" is missing here";
        check(heading, "MESSAGE FROM THE SERVER\n\nHello\n", "MESSAGE FROM THE SERVER\\n\\nHello", mark);
    }

    #[test]
    fn what_is_too_much_or_different_is_marked_as_well() {
        let greeting = "Hello from the teacher's server";
        let mark = "                      ^ \"'\" is expected here, and not \"’\"";
        check(greeting, "Hello from the teacher’s server", "Hello from the teacher’s server", mark);
        let mark = "                               ^ \"!\" is too much here";
        check(greeting, "Hello from the teacher's server!", "Hello from the teacher's server!", mark);
    }

    #[test]
    fn nothing_is_marked_where_nothing_is_like_it() {
        for screen in ["", "Good morning", "\n\n\n"] {
            assert_eq!(on_screen("Waiting for connections at 127.0.0.1, 8080", screen), "see its screen below");
        }
    }
}
