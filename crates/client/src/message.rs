//! The message: the argument as it is, or standard input to its end.

use crate::options::Options;
use common::Problem;
use std::io::{self, Read as _, Write as _};

/// How many bytes a message may have: it is held in memory, so `client - </dev/zero` must end somewhere.
const MAX_MESSAGE_LEN: u64 = 64 * 1024 * 1024;

/// The bytes to send: those of the argument, or of standard input where it is `-`.
///
/// Read before connecting, so that a user who thinks for a minute holds no connection.
pub fn read(options: &Options) -> Result<Vec<u8>, Problem> {
    let message = match options.message.as_str() {
        "-" => read_to_the_end(io::stdin())?,
        argument => argument.as_bytes().to_vec(),
    };
    if message.is_empty() && !options.send_only {
        // A message of no bytes does not even leave this computer.
        let _ =
            writeln!(io::stderr(), "note: the message is empty; the server may be waiting for one (Ctrl-C ends this)");
    }
    Ok(message)
}

fn read_to_the_end(input: impl io::Read) -> Result<Vec<u8>, Problem> {
    let mut message = Vec::new();
    input.take(MAX_MESSAGE_LEN + 1).read_to_end(&mut message).map_err(Problem::input)?;
    if message.len() as u64 > MAX_MESSAGE_LEN {
        return Err(Problem::new(
            "the message is too long",
            format!("standard input has more than {MAX_MESSAGE_LEN} bytes"),
            "send a shorter message, or use nc for a large file",
        ));
    }
    Ok(message)
}

#[cfg(test)]
mod tests {
    use super::{MAX_MESSAGE_LEN, read_to_the_end};
    use std::io::{self, Read as _};

    #[test]
    fn a_message_has_64_mebibytes_at_most() {
        let message = read_to_the_end(io::repeat(b'x').take(MAX_MESSAGE_LEN)).unwrap();
        assert_eq!(message.len(), 64 * 1024 * 1024);
        let problem = read_to_the_end(io::repeat(b'x').take(MAX_MESSAGE_LEN + 1)).unwrap_err();
        assert_eq!(problem.error(), "the message is too long");
    }
}
