//! Messages through a pipe: one a line, as bytes.

use common::Problem;
use std::io::{BufRead, Read as _};

/// How long a line may be, in bytes: it is held in memory, so a file that has no lines must end somewhere.
const MAX_LINE_LEN: u64 = 1024 * 1024;

/// The lines of an input, bytes exactly.
pub struct Lines<R> {
    input: R,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `input`.
    pub fn of(input: R) -> Self {
        Self { input }
    }

    /// The next line without its end, `\n` or `\r\n`. What stands behind the last one is a line too.
    pub fn next(&mut self) -> Result<Option<Vec<u8>>, Problem> {
        let mut line = Vec::new();
        // Two bytes more than a message may have: its line's end.
        let length = self.input.by_ref().take(MAX_LINE_LEN + 2).read_until(b'\n', &mut line).map_err(Problem::input)?;
        if line.ends_with(b"\n") {
            line.pop();
            if line.ends_with(b"\r") {
                line.pop();
            }
        }
        if line.len() as u64 > MAX_LINE_LEN {
            return Err(Problem::new(
                "the message is too long",
                format!("a line of standard input has more than {MAX_LINE_LEN} bytes"),
                "break it into several lines, or use nc for a large file",
            ));
        }
        Ok((length > 0).then_some(line))
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, MAX_LINE_LEN};
    use std::io::{self, Read as _};

    fn all(input: &[u8]) -> Vec<Vec<u8>> {
        let mut lines = Lines::of(input);
        std::iter::from_fn(|| lines.next().unwrap()).collect()
    }

    #[test]
    fn only_the_end_of_a_line_is_taken_away() {
        assert_eq!(all(b" a \r\r\nb\n\n\r\nc\xff\rd\n e\r"), [&b" a \r"[..], b"b", b"", b"", b"c\xff\rd", b" e\r"]);
        assert_eq!(all(b""), [b""; 0]);
    }

    #[test]
    fn a_line_has_a_mebibyte_at_most() {
        let longest = vec![b'x'; usize::try_from(MAX_LINE_LEN).unwrap()];
        for end in [&b""[..], b"\n", b"\r\n"] {
            assert_eq!(all(&[&longest, end].concat()), [&longest[..]]);
        }
        for more in [&b"x"[..], b"x\n", b"x\r\n", b"xx\n", b"xxx"] {
            let problem = Lines::of(&[&longest, more].concat()[..]).next().unwrap_err();
            assert_eq!(problem.error(), "the message is too long");
        }
        // No more is read than it takes to see that.
        let mut input = io::repeat(b'x').take(2 * MAX_LINE_LEN);
        Lines::of(io::BufReader::with_capacity(1, &mut input)).next().unwrap_err();
        assert_eq!(input.limit(), MAX_LINE_LEN - 2);
    }
}
