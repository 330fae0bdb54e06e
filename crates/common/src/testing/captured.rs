//! What a program writes to standard output and standard error, kept as it comes.

use super::contained;
use super::watch::Watch;
use anstream::adapter::strip_str;
use std::io::{self, Read};
use std::thread;

/// How much is kept of one stream. More is read, so that the program never waits, and thrown away.
const MAX_CAPTURED_LEN: usize = 8 * 1024 * 1024;

/// How many bytes of a stream are looked at as a screen: a program that prints without end is looked at again and again.
const MAX_SCREEN_LEN: usize = 256 * 1024;

/// The beginning of a stream, up to now.
pub struct Captured {
    /// The bytes, at most 8 MiB.
    pub bytes: Vec<u8>,
    /// Whether every writer has closed the stream, or there never was one.
    pub ended: bool,
}

/// A stream that nobody captures.
impl Default for Captured {
    fn default() -> Self {
        Self { bytes: Vec::new(), ended: true }
    }
}

impl Captured {
    /// The bytes as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The beginning of it as a person sees it: without colours, and with line breaks as on Unix.
    pub fn seen(&self) -> String {
        let beginning = String::from_utf8_lossy(&self.bytes[..self.bytes.len().min(MAX_SCREEN_LEN)]);
        strip_str(&beginning).to_string().replace("\r\n", "\n")
    }
}

/// The two streams of a program.
#[derive(Default)]
pub struct Output {
    pub stdout: Captured,
    pub stderr: Captured,
}

impl Output {
    /// How many bytes of both are here.
    pub fn len(&self) -> usize {
        self.stdout.bytes.len() + self.stderr.bytes.len()
    }

    /// Whether no more can come.
    pub fn has_ended(&self) -> bool {
        self.stdout.ended && self.stderr.ended
    }

    /// What a person sees of both: a program may log its lines to standard error. What is indented there is left out, since it is no
    /// line of the program's own: interpreters show lines of the source so.
    pub fn screen(&self) -> String {
        let (stdout, stderr) = (self.stdout.seen(), self.stderr.seen());
        let logged = stderr.lines().filter(|line| !line.starts_with(char::is_whitespace));
        logged.fold(stdout, |screen, line| {
            let line_break = if screen.is_empty() || screen.ends_with('\n') { "" } else { "\n" };
            screen + line_break + line + "\n"
        })
    }
}

/// Reads `stream` to its end on a thread of its own: it is the one of the two that `place` names.
pub fn capture(
    mut stream: impl Read + Send + 'static,
    output: &Watch<Output>,
    place: fn(&mut Output) -> &mut Captured,
) -> io::Result<()> {
    output.change(|output| place(output).ended = false);
    let kept = output.clone();
    let reading = move || {
        let mut buffer = vec![0; 64 * 1024];
        let mut room = MAX_CAPTURED_LEN;
        while let Ok(length @ 1..) = stream.read(&mut buffer) {
            let kept_len = length.min(room);
            room -= kept_len;
            if kept_len < length {
                contained::note(&format!("it printed more than {} MB", MAX_CAPTURED_LEN >> 20));
            }
            // Those that wait look at all of it at each change: so a program that prints without end must not make it grow without end.
            if kept_len > 0 {
                kept.change(|output| place(output).bytes.extend_from_slice(&buffer[..kept_len]));
            }
        }
        kept.change(|output| place(output).ended = true);
    };
    thread::Builder::new().name("capture".to_string()).spawn(reading).map(drop)
}

#[cfg(test)]
mod tests {
    use super::super::watch::Watch;
    use super::{MAX_CAPTURED_LEN, Output, capture, contained::CONTAINED};
    use std::io::{Read as _, repeat};
    use std::process::{Command, Stdio};
    use std::time::Duration;
    use std::{env, fs};

    /// How much the second start of the test captures.
    const LENGTH: &str = "SESSION08_CAPTURED_LENGTH";

    /// The notes go to a file that the environment names: the test starts itself a second time.
    #[test]
    fn it_is_noted_from_the_first_byte_that_is_not_kept() {
        if let Some(length) = env::var(LENGTH).ok().and_then(|length| length.parse().ok()) {
            let output = Watch::<Output>::default();
            capture(repeat(b'x').take(length), &output, |output| &mut output.stdout).unwrap();
            output.wait(Duration::from_secs(60), |output| output.has_ended().then_some(())).unwrap();
            return;
        }
        let limit = MAX_CAPTURED_LEN as u64;
        for (length, noted) in [(limit, ""), (limit + 1, "it printed more than 8 MB\n")] {
            let folder = tempfile::tempdir().unwrap();
            let notes = folder.path().join("notes");
            let mut again = Command::new(env::current_exe().unwrap());
            again.arg("it_is_noted_from_the_first_byte").env(LENGTH, length.to_string()).env(CONTAINED, &notes);
            assert!(again.stdout(Stdio::null()).status().unwrap().success());
            assert_eq!(fs::read_to_string(&notes).unwrap_or_default(), noted, "{length} bytes");
        }
    }
}
