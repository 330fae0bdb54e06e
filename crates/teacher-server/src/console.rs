//! The teacher's screen: only its printer thread touches standard output and standard error.

use crate::queue::Queue;
use common::{Problem, terminal};
use std::io::{self, ErrorKind, IsTerminal as _, Write as _};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// After Ctrl-C the last words are waited for, but not for a screen that has taken nothing for this time.
const STALL_TIMEOUT: Duration = Duration::from_millis(500);
/// How much is written in one go, in bytes: little enough to notice whether a slow screen still makes progress.
const CHUNK_LEN: usize = 4096;

/// Where every thread says what it has to say, without ever waiting.
#[derive(Clone)]
pub struct Console {
    queue: Arc<Queue<Line>>,
}

/// What can be said.
enum Line {
    /// The server waits at this address.
    Waiting(SocketAddr),
    /// A client has come.
    Connection { number: u64, ip: IpAddr },
    /// That client's message, made safe.
    Message { number: u64, ip: IpAddr, text: String },
    /// Something else for standard output.
    Plain(String),
    /// Something for standard error.
    Note(String),
}

impl Console {
    /// Starts the printer thread.
    pub fn start() -> io::Result<Self> {
        let queue = Arc::new(Queue::new());
        let taken = Arc::clone(&queue);
        thread::Builder::new().name("printer".to_string()).spawn(move || {
            let mut screen = Screen::new(&taken);
            while let Some(batch) = taken.take() {
                batch.items.into_iter().for_each(|line| screen.show(line));
                if batch.dropped > 0 {
                    let lost = batch.dropped;
                    screen.show(Line::Note(format!("note: {lost} lines were dropped: the screen was standing still")));
                }
                screen.flush();
            }
        })?;
        Ok(Self { queue })
    }

    /// Says that the server waits.
    pub fn waiting(&self, address: SocketAddr) {
        self.queue.offer(Line::Waiting(address));
    }

    /// Says that a client has come.
    pub fn connection(&self, number: u64, ip: IpAddr) {
        self.queue.offer(Line::Connection { number, ip });
    }

    /// Says what a client says: `text` is safe already.
    pub fn message(&self, number: u64, ip: IpAddr, text: String) {
        self.queue.offer(Line::Message { number, ip, text });
    }

    /// Says `text` on standard output.
    pub fn print(&self, text: impl Into<String>) {
        self.queue.offer(Line::Plain(text.into()));
    }

    /// Says `text` on standard error.
    pub fn note(&self, text: impl Into<String>) {
        self.queue.offer(Line::Note(text.into()));
    }

    /// Says the last words, and waits until they are said, as long as the screen takes them.
    pub fn close(&self, last_words: String) {
        self.queue.close(Some(Line::Plain(last_words)), STALL_TIMEOUT);
    }
}

/// What the printer thread knows.
struct Screen<'a> {
    queue: &'a Queue<Line>,
    /// Text for standard output that has not been written.
    pending: String,
    /// The connection whose lines were the last ones.
    current: u64,
    failed: bool,
}

impl<'a> Screen<'a> {
    fn new(queue: &'a Queue<Line>) -> Self {
        Self { queue, pending: String::new(), current: 0, failed: false }
    }

    fn show(&mut self, line: Line) {
        let text = match line {
            Line::Waiting(address) => format!("Waiting for connections at {}, {}", address.ip(), address.port()),
            Line::Connection { number, ip } => {
                self.current = number;
                format!("CONNECTION: {number}. From the IP: {ip}")
            }
            Line::Message { number, ip, text } => {
                // Others came in between: say whose message it is.
                let whose =
                    if self.current == number { String::new() } else { format!("From connection {number} ({ip}):\n") };
                self.current = number;
                format!("{whose}Message from client: {text}")
            }
            Line::Plain(text) => text,
            Line::Note(text) => {
                self.flush();
                let _ = writeln!(io::stderr(), "{}", terminal::wrapped(&text, terminal::stderr_width()));
                return;
            }
        };
        self.pending.push_str(&terminal::wrapped(&text, terminal::stdout_width()));
        self.pending.push('\n');
    }

    /// Writes what is pending. A screen that is gone is no reason to stop: the clients get their answers all the same.
    fn flush(&mut self) {
        let mut stdout = io::stdout();
        let written: io::Result<()> = self.pending.as_bytes().chunks(CHUNK_LEN).try_for_each(|chunk| {
            stdout.write_all(chunk)?;
            stdout.flush()?;
            self.queue.progress();
            Ok(())
        });
        self.pending.clear();
        match written {
            Err(e) if e.kind() != ErrorKind::BrokenPipe && !self.failed => {
                self.failed = true;
                let _ = writeln!(io::stderr(), "{}", Problem::output(e));
            }
            _ => {}
        }
    }
}

/// The last words of a server that was stopped by Ctrl-C. A terminal shows `^C` first: they begin on a line of their own.
pub fn last_words(table: &str) -> String {
    let start = if io::stdout().is_terminal() { "\n" } else { "" };
    format!("{start}Server stopped by the user{table}")
}
