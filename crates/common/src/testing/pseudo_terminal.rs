//! A pseudo-terminal as the screen of a program under test, pty(7). At a terminal the C library, and the languages built on it, write
//! line by line; through a pipe block by block, setvbuf(3): a right program would show nothing until its end.
//!
//! It is the program's standard output alone. Standard input stays a pipe: a terminal takes no line of more than 4,095 bytes
//! (termios(3)), and would show what is typed. Standard error stays one too, so that a report can tell the two apart.

#[cfg(unix)]
use {
    super::group::between_starts,
    nix::pty::{Winsize, openpty},
    nix::sys::termios::{SetArg, cfmakeraw, tcgetattr, tcsetattr},
};

use std::fs::File;
use std::io;
use std::process::Stdio;

/// Wide enough that no program breaks the lines that are asked for.
#[cfg(unix)]
const SIZE: Winsize = Winsize { ws_row: 50, ws_col: 250, ws_xpixel: 0, ws_ypixel: 0 };

/// A new one: what is shown on it, and the standard output that shows it there. Reading ends with an error (EIO on Linux) when
/// nobody has it as an output any more.
#[cfg(unix)]
pub fn open() -> io::Result<(File, Stdio)> {
    // A program that is started at this moment would inherit both ends, and the screen would stay open as long as that one runs.
    let (screen, output) = between_starts(|| {
        let pair = openpty(&SIZE, None)?;
        // A copy is closed at execve(2), the ends of openpty(3) are not.
        io::Result::Ok((pair.master.try_clone()?, pair.slave.try_clone()?))
    })?;
    // Bytes are shown as they are written: no carriage return before a line feed.
    let mut modes = tcgetattr(&output)?;
    cfmakeraw(&mut modes);
    tcsetattr(&output, SetArg::TCSANOW, &modes)?;
    Ok((File::from(screen), output.into()))
}

/// Elsewhere there is none.
#[cfg(not(unix))]
pub fn open() -> io::Result<(File, Stdio)> {
    Err(io::ErrorKind::Unsupported.into())
}
