//! What stands on a server's screen, and in its answer: in the lesson's words, or in others that are right as well.

/// The texts behind this beginning, in each line that has it.
pub fn behind<'a>(screen: &'a str, beginning: &str) -> Vec<&'a str> {
    screen.lines().filter_map(|line| line.split_once(beginning)).map(|(_, rest)| rest.trim()).collect()
}

/// The same, where the text may also begin in the line below.
pub fn behind_or_below<'a>(screen: &'a str, beginning: &str) -> Vec<&'a str> {
    let rests = screen.split(beginning).skip(1);
    rests.filter_map(|rest| rest.lines().map(str::trim).find(|line| !line.is_empty())).collect()
}

/// A program may send line breaks around the greeting, as the course's own server does.
pub fn without_line_breaks(answer: &[u8]) -> &[u8] {
    let is_line_break = |byte: &u8| b"\r\n".contains(byte);
    let begin = answer.iter().take_while(|&byte| is_line_break(byte)).count();
    let end = answer.iter().rev().take_while(|&byte| is_line_break(byte)).count();
    answer.get(begin..answer.len() - end).unwrap_or_default()
}

/// The number of each line about a connection: of those in the lesson's words if there are any, else of those that are like them.
pub fn numbers(screen: &str) -> Vec<u64> {
    let lines: Vec<String> =
        screen.lines().map(str::to_lowercase).filter(|line| line.contains("connection:")).collect();
    let are_the_lessons = lines.iter().any(|line| line.contains("from the ip"));
    let chosen = lines.iter().filter(|line| !are_the_lessons || line.contains("from the ip"));
    let rests = chosen.filter_map(|line| line.split_once("connection:").map(|(_, rest)| rest.trim()));
    rests.filter_map(|rest| rest.split(|next: char| !next.is_ascii_digit()).next()?.parse().ok()).collect()
}

/// Whether this stands there with no digit before or behind it.
pub fn holds_number(screen: &str, text: &str) -> bool {
    let is_digit = |next: Option<char>| next.is_some_and(|next| next.is_ascii_digit());
    screen.match_indices(text).any(|(place, _)| {
        !is_digit(screen[..place].chars().next_back()) && !is_digit(screen[place + text.len()..].chars().next())
    })
}

/// The lines that say that it waits: those with these words in them.
pub fn waiting_lines<'a>(screen: &'a str, words: &str) -> Vec<&'a str> {
    screen.lines().filter(|line| line.to_lowercase().contains("waiting") && line.contains(words)).collect()
}
