//! The teacher's screen, as the event loop sees it: lines are offered to the printer thread, which alone touches standard output
//! and standard error.

use crate::queue::Queue;
use crate::screen::Screen;
use crate::visit::Client;
use crate::visitors::Visitors;
use common::{Problem, terminal};
use std::io::{self, IsTerminal as _};
use std::net::SocketAddr;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

/// After Ctrl-C the last words are waited for, but not for a screen that has taken nothing for this time.
const STALL_TIMEOUT: Duration = Duration::from_millis(500);
/// How many lines wait for a screen that stands still.
const CAPACITY: usize = 4096;

/// Where everybody says what is to be said, without ever waiting.
#[derive(Clone)]
pub struct Console {
    queue: Arc<Queue<Line>>,
    /// Whether each connection is one line, since this is a terminal and nobody has asked for the lesson's lines.
    pub is_for_a_class: bool,
}

/// What can be said.
pub enum Line {
    /// The server waits at this address.
    Waiting(SocketAddr),
    /// A client has come.
    Connection(Client),
    /// Its message, made safe, and its name, if a class sees it.
    Message { client: Client, name: Option<String>, text: String },
    /// Something else about a client.
    Remark { client: Client, name: Option<String>, text: String },
    /// Something else for standard output.
    Plain(String),
    /// Something for standard error.
    Note(String),
    /// What stays in sight of a class.
    Pinned(String),
    /// What stays in sight is to be drawn again: the terminal has another size, or was used by another program.
    Redraw,
    /// Who came so far.
    WhoCame(Arc<Visitors>),
    /// The last words, with the table of who came.
    Last(Arc<Visitors>),
}

impl Console {
    /// Starts the printer thread. With `plain`, the lesson's lines are for terminals too.
    pub fn start(plain: bool) -> io::Result<Self> {
        let is_for_a_class = !plain && io::stdout().is_terminal() && !terminal::is_dumb();
        let queue = Arc::new(Queue::new(CAPACITY));
        let taken = Arc::clone(&queue);
        thread::Builder::new()
            .name("printer".to_string())
            .spawn(move || Screen::new(&taken, is_for_a_class).show_all())?;
        Ok(Self { queue, is_for_a_class })
    }

    /// Says something. A class sees that a client has come with its message.
    pub fn say(&self, line: Line) {
        if !(self.is_for_a_class && matches!(line, Line::Connection(_))) {
            self.queue.offer(line);
        }
    }

    /// Says `text` on standard output.
    pub fn print(&self, text: impl Into<String>) {
        self.say(Line::Plain(text.into()));
    }

    /// Says `text` on standard error.
    pub fn note(&self, text: impl Into<String>) {
        self.say(Line::Note(text.into()));
    }

    /// Says the last words, and waits until they are said, as long as the screen takes them.
    pub fn close(&self, visitors: Arc<Visitors>) {
        self.queue.close(Some(Line::Last(visitors)), STALL_TIMEOUT);
    }
}

/// Prints what went wrong after the last words. Standard error may stand still as well, and standard output alone.
pub fn print_at_the_end(problem: Problem) {
    let (done, printed) = mpsc::channel();
    let print = move || {
        problem.print();
        let _ = done.send(());
    };
    let _ = thread::Builder::new().spawn(print);
    let _ = printed.recv_timeout(STALL_TIMEOUT);
}
