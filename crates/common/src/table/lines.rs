//! The lines of a file, however they end: with LF, CR LF, or CR alone, as old Macs and some spreadsheets write.

/// The lines of a file, each with its line break.
pub fn lines(file: &[u8]) -> Lines<'_> {
    Lines(file)
}

pub struct Lines<'a>(&'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let end = self.0.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
        let length = end.map_or(self.0.len(), |end| match self.0[end..] {
            // A program that writes CR LF through a translation of LF leaves CR CR LF.
            [b'\r', b'\r', b'\n', ..] => end + 3,
            [b'\r', b'\n', ..] => end + 2,
            _ => end + 1,
        });
        let (line, rest) = self.0.split_at(length);
        self.0 = rest;
        (!line.is_empty()).then_some(line)
    }
}

pub fn without_break(line: &[u8]) -> &[u8] {
    let Some(line) = line.strip_suffix(b"\n") else { return line.strip_suffix(b"\r").unwrap_or(line) };
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

pub fn has_break(line: &[u8]) -> bool {
    line.ends_with(b"\n") || line.ends_with(b"\r")
}

/// How new lines end in a part of a file: as its first line does; none if that has no end. A lone CR is taken only where the
/// file has no LF at all: else it would make one break of two with an LF behind it.
pub fn line_break(part: &[u8], file: &[u8]) -> Option<&'static str> {
    let line = lines(part).next().filter(|line| has_break(line))?;
    Some(if line.ends_with(b"\r\n") {
        "\r\n"
    } else if file.contains(&b'\n') {
        "\n"
    } else {
        "\r"
    })
}
