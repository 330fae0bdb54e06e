//! Ctrl-C.

use crate::Problem;
use std::io::{self, IsTerminal as _, Write as _};
use std::sync::mpsc::{self, Receiver};

/// The exit code of a program that was ended by Ctrl-C: 128 and the number of SIGINT, as a shell reports it.
pub const EXIT_CODE: i32 = 130;

/// From now on Ctrl-C is told through this channel, see [`on_ctrl_c`].
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
    ctrlc::set_handler(|| {
        // A terminal shows `^C` where the cursor stands: the shell's prompt shall begin on a line of its own.
        let mut stderr = io::stderr();
        if stderr.is_terminal() {
            let _ = writeln!(stderr);
        }
        std::process::exit(EXIT_CODE);
    })
    .map_err(Problem::interrupts)
}
