//! Ctrl-C.

use crate::{Problem, say};
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// How long a screen that stands still (Ctrl-S, or a pipe that nobody reads) may keep a program from its end.
const LAST_WORDS_TIMEOUT: Duration = Duration::from_millis(500);

/// The exit code of a program that was ended by Ctrl-C: 128 and the number of SIGINT, as a shell reports it.
pub const EXIT_CODE: i32 = 130;

/// From now on Ctrl-C sends to this channel, see [`on_ctrl_c`].
///
/// # Errors
///
/// A [`Problem`] if the system does not let the program handle Ctrl-C.
pub fn receiver() -> Result<Receiver<()>, Problem> {
    let (sender, receiver) = mpsc::sync_channel(1);
    on_ctrl_c(move || {
        let _ = sender.try_send(());
    })?;
    Ok(receiver)
}

/// From now on the first Ctrl-C calls `listener`, on a thread of its own, and the program ends in its own way; the second one
/// ends it at once with exit code 130, should its own way take too long.
///
/// # Errors
///
/// A [`Problem`] if the system does not let the program handle Ctrl-C.
pub fn on_ctrl_c(listener: impl FnOnce() + Send + 'static) -> Result<(), Problem> {
    let mut listener = Some(listener);
    ctrlc::set_handler(move || match listener.take() {
        Some(listener) => listener(),
        None => std::process::exit(EXIT_CODE),
    })
    .map_err(Problem::interrupts)
}

/// From now on Ctrl-C ends the program at once with exit code 130, on every system alike.
///
/// What was printed so far is on its way: standard output holds back at most a line.
///
/// # Errors
///
/// A [`Problem`] if the system does not let the program handle Ctrl-C.
pub fn exit_on_ctrl_c() -> Result<(), Problem> {
    on_ctrl_c(|| {
        // A terminal shows `^C` where the cursor stands: the shell's prompt shall begin on a line of its own.
        end_after(EXIT_CODE, || {
            if io::stderr().is_terminal() {
                let _ = writeln!(io::stderr());
            }
        });
    })
}

/// From now on Ctrl-C prints these words and ends the program with exit code 0: the normal end of a server. A screen that stands
/// still cannot hold it up.
///
/// # Errors
///
/// A [`Problem`] if the system does not let the program handle Ctrl-C.
pub fn stop_on_ctrl_c(last_words: &'static str) -> Result<(), Problem> {
    on_ctrl_c(move || {
        end_after(0, move || {
            let _ = say(last_words);
        });
    })
}

/// Ends the program after the last words, which are waited for only a moment.
fn end_after(code: i32, last_words: impl FnOnce() + Send + 'static) -> ! {
    let (printing, printed) = mpsc::channel::<()>();
    let print = move || {
        last_words();
        drop(printing);
    };
    if thread::Builder::new().spawn(print).is_ok() {
        let _ = printed.recv_timeout(LAST_WORDS_TIMEOUT);
    }
    std::process::exit(code);
}
