//! One line of a file: its text, its line break, its cells.

/// U+FEFF in UTF-8, with which some editors begin a file.
pub const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A line without its line break.
pub fn text(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// How the first line of the file ends; `\n` where it does not.
pub fn first_break(file: &[u8]) -> &'static str {
    match file.iter().position(|&byte| byte == b'\n') {
        Some(end) if file[..end].ends_with(b"\r") => "\r\n",
        _ => "\n",
    }
}

/// Whether the last line of a file is there and empty.
pub fn ends_with_an_empty_one(file: &[u8]) -> bool {
    file.split_inclusive(|&byte| byte == b'\n')
        .next_back()
        .is_some_and(|last| last.ends_with(b"\n") && text(last).is_empty())
}

/// What stands between the pipes of a line, without the spaces around it; `\|` is a pipe inside a cell. One piece if there is
/// no pipe.
pub fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.next_if_eq(&'|').is_some() => piece.push('|'),
            '|' => pieces.push(std::mem::take(&mut piece).trim().to_string()),
            _ => piece.push(character),
        }
    }
    pieces.push(piece.trim().to_string());
    pieces
}

/// A cell as it is written: the opposite of [`pieces`].
pub fn escaped(cell: &str) -> String {
    cell.replace('|', r"\|")
}

/// Whether the line below a header is the line of dashes: `|---|:---:|`, `--- | ---`, `+---+---+`, `===|===`.
pub fn is_separator(text: &str) -> bool {
    text.contains(['|', '+'])
        && text.contains(['-', '='])
        && text.chars().all(|character| matches!(character, '|' | '+' | '-' | '=' | ':' | ' ' | '\t'))
}

/// Whether a line further below is part of a drawn frame: dashes without a space. Rows have spaces when we write them, so
/// that no row of ours is ever taken for one.
pub fn is_frame(text: &str) -> bool {
    is_separator(text.trim()) && !text.trim().contains([' ', '\t'])
}

/// The colons at both ends of each cell of the line of dashes: `(true, true)` for `:---:`.
pub fn colons(separator: &str) -> Vec<(bool, bool)> {
    let inner = separator.trim().trim_start_matches(['|', '+']).trim_end_matches(['|', '+']);
    inner.split(['|', '+']).map(str::trim).map(|cell| (cell.starts_with(':'), cell.ends_with(':'))).collect()
}

/// The first word of a header's cell, in small letters: `time` for `Time (ms)`.
pub fn first_word(cell: &str) -> String {
    let word = |character: &char| character.is_alphanumeric();
    cell.chars().skip_while(|c| !word(c)).take_while(word).flat_map(char::to_lowercase).collect()
}
