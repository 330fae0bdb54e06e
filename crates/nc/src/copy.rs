//! Standard input goes to the other side, and what the other side sends goes to standard output, until both ends are done.
//!
//! Reading waits, so each of the two ends has a thread that reads it. Were there one thread for both, two netcats that send each
//! other a large file would wait for each other for ever.

use crate::output::Output;
use common::Problem;
use std::io::{self, ErrorKind, IsTerminal as _, Read, Stdin};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::Duration;

/// How many bytes are read at a time. One such piece waits while another is sent: so much memory is used, and no more.
const BUFFER_SIZE: usize = 64 * 1024;

/// How long standard input may be silent after the other side's end. That end may mean that it has gone, or only that it sends
/// nothing more and still reads: what is on its way through a pipe reaches it, and nobody waits for a person who types nothing.
const INPUT_IDLE_TIMEOUT: Duration = Duration::from_millis(500);

/// What the two reading threads tell.
enum Event {
    /// Bytes of standard input; none at its end.
    Input(Vec<u8>),
    /// Standard input could not be read.
    InputFailed(io::Error),
    /// The other side sends nothing more, or it cannot be received or shown.
    OtherSideEnded(Result<(), Problem>),
}

/// Copies both ways until both ends are done. With `half_close` the other side is told when standard input has ended.
///
/// A thread that still waits for standard input is left behind: it ends with the program.
pub fn both_ways(socket: &TcpStream, peer: SocketAddr, half_close: bool) -> Result<(), Problem> {
    // A piece waits to be taken before the next one is read.
    let (tell, events) = mpsc::sync_channel(0);
    let receiving = socket.try_clone().map_err(Problem::creating)?;
    let tell_end = tell.clone();
    start("output", move || {
        let _ = tell_end.send(Event::OtherSideEnded(show(receiving, peer)));
    })?;
    start("input", move || read(io::stdin(), &tell))?;
    send(socket, peer, half_close, &events)
}

/// Sends what standard input has, until both ends are done.
fn send(mut socket: &TcpStream, peer: SocketAddr, half_close: bool, events: &Receiver<Event>) -> Result<(), Problem> {
    let mut input_ended = false;
    let mut other_side_ended = false;
    let mut sent = Ok(());
    while !(input_ended && other_side_ended) {
        let patience = if other_side_ended { INPUT_IDLE_TIMEOUT } else { Duration::MAX };
        match events.recv_timeout(patience).ok() {
            Some(Event::Input(bytes)) if bytes.is_empty() => {
                input_ended = true;
                if half_close {
                    // It fails where the other side has gone, which the other thread sees.
                    let _ = socket.shutdown(Shutdown::Write);
                }
            }
            Some(Event::Input(bytes)) => {
                if let Err(e) = io::Write::write_all(&mut socket, &bytes) {
                    // Nobody reads any more. What was said before that is still to be shown.
                    sent = sent.and(Err(Problem::sending(peer)(e)));
                    input_ended = true;
                }
            }
            Some(Event::InputFailed(e)) => return Err(Problem::input(e)),
            Some(Event::OtherSideEnded(end)) => {
                end?;
                other_side_ended = true;
            }
            // Nobody types anything, and the other side has ended.
            None => break,
        }
    }
    sent
}

/// Passes standard input on, to its end.
fn read(mut input: Stdin, tell: &SyncSender<Event>) {
    loop {
        let mut buffer = vec![0; BUFFER_SIZE];
        let event = match input.read(&mut buffer) {
            Ok(length) => {
                buffer.truncate(length);
                // Enter is CR LF on a console of Windows, and LF on all other terminals. No other CR can be typed.
                if cfg!(windows) && input.is_terminal() {
                    buffer.retain(|byte| *byte != b'\r');
                }
                Event::Input(buffer)
            }
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => Event::InputFailed(e),
        };
        let is_last = !matches!(&event, Event::Input(bytes) if !bytes.is_empty());
        if tell.send(event).is_err() || is_last {
            return;
        }
    }
}

/// Shows what the other side sends, to its end.
fn show(mut socket: TcpStream, peer: SocketAddr) -> Result<(), Problem> {
    let mut output = Output::new();
    let mut buffer = vec![0; BUFFER_SIZE];
    loop {
        match socket.read(&mut buffer) {
            Ok(0) => return output.finish().map_err(Problem::output),
            Ok(length) => output.show(&buffer[..length]).map_err(Problem::output)?,
            Err(e) if e.kind() == ErrorKind::Interrupted => {}
            Err(e) => {
                output.finish().map_err(Problem::output)?;
                return Err(Problem::receiving(peer)(e));
            }
        }
    }
}

fn start(name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Problem> {
    thread::Builder::new().name(name.to_string()).spawn(work).map(drop).map_err(Problem::threads)
}
