//! `cargo lab explain`: what passes between any client and any server, drawn as a ladder on standard error.
//!
//! The command connects to a relay in the server's place, which passes everything on and draws it. It knows nothing else of this
//! crate, only `common`.

mod connection;
mod ladder;
mod lane;
mod relay;
mod send_queue;
mod words;

use clap::Args;
use common::{Problem, address, interrupt, problem};
use relay::Relay;
use std::ffi::OsString;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::{self, Child, Command, ExitCode, ExitStatus};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Not 1, the code of a command that failed: nothing was started, since the words do not say what.
const WRONG_USAGE: u8 = 2;

/// What `cargo lab explain` takes.
#[derive(Args, Debug)]
pub struct Options {
    /// For a program with its address written in: listen at
    /// 127.0.0.1 and this port, and start no command
    #[arg(verbatim_doc_comment, long, value_name = "PORT", allow_hyphen_values = true, value_parser = address::port_or_any)]
    listen: Option<u16>,
    /// The command, with the server's IP and PORT among
    /// its words; with --listen only these two
    #[arg(
        verbatim_doc_comment,
        value_name = "COMMAND IP PORT",
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    words: Vec<OsString>,
}

/// Runs the command, or listens until Ctrl-C: the command's own exit code, or one for what went wrong.
pub fn run(options: Options) -> ExitCode {
    let is_listening = options.listen.is_some();
    let place = match words::place(&options.words, is_listening) {
        Ok(place) => place,
        Err(problem) => {
            problem.print();
            return ExitCode::from(WRONG_USAGE);
        }
    };
    let result = match options.listen {
        Some(port) => listen(port, &place),
        None => explain(options.words, &place),
    };
    problem::exit_code_or(result, ExitCode::FAILURE)
}

/// Starts the command with the relay's address in place of the server's.
fn explain(mut words: Vec<OsString>, place: &words::Place) -> Result<ExitCode, Problem> {
    let server = address::resolve(&place.host, place.port)?;
    let loopback = if server.is_ipv6() { Ipv6Addr::LOCALHOST.into() } else { Ipv4Addr::LOCALHOST.into() };
    let relay = Relay::start(SocketAddr::new(loopback, 0), server)?;
    words[place.index] = relay.address().ip().to_string().into();
    words[place.index + 1] = relay.address().port().to_string().into();

    // A terminal sends Ctrl-C to the command as well. What it does about the first one is to be drawn; if it has ended, the next one
    // is for explain.
    let is_over = Arc::new(AtomicBool::new(false));
    let (has_ended, mut is_first) = (Arc::clone(&is_over), true);
    let on_ctrl_c = move || {
        if !std::mem::take(&mut is_first) && has_ended.load(Ordering::SeqCst) {
            process::exit(interrupt::EXIT_CODE);
        }
    };
    ctrlc::set_handler(on_ctrl_c).map_err(|e| Problem::new("Ctrl-C cannot be handled", e, "try again"))?;
    let mut child = start(&words)?;
    let status = child.wait().map_err(|e| Problem::new("the command's end cannot be waited for", e, "try again"))?;
    is_over.store(true, Ordering::SeqCst);
    if let Err(problem) = relay.finish() {
        problem.print();
    }
    Ok(exit_code(status))
}

fn start(words: &[OsString]) -> Result<Child, Problem> {
    Command::new(&words[0]).args(&words[1..]).spawn().map_err(|e| {
        let next = "check how it is written; one of your own programs is started with cargo run -q -p NAME -- IP PORT";
        Problem::new(format_args!("{} cannot be started", words[0].to_string_lossy()), e, next)
    })
}

/// Listens until Ctrl-C.
fn listen(port: u16, place: &words::Place) -> Result<ExitCode, Problem> {
    let server = address::resolve(&place.host, place.port)?;
    let own = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), port);
    // On most systems 0.0.0.0 means this computer.
    let is_own = SocketAddr::new(server.ip().to_canonical(), server.port()) == own;
    if is_own || (server.ip().is_unspecified() && server.port() == port) {
        return Err(Problem::new(
            format_args!("the relay at {own} would connect to itself"),
            "the port to listen at and the server's are the same",
            format_args!("let the server listen at another port, and name that one: --listen {port} {} PORT", own.ip()),
        ));
    }
    let ctrl_c = interrupt::receiver()?;
    let relay = Relay::start(own, server)?;
    let _ = ctrl_c.recv();
    relay.flush();
    Ok(ExitCode::SUCCESS)
}

/// The command's exit code, or what a shell makes of the signal that ended it.
fn exit_code(status: ExitStatus) -> ExitCode {
    #[cfg(unix)]
    let signal = std::os::unix::process::ExitStatusExt::signal(&status).map(|signal| 128 + signal);
    #[cfg(not(unix))]
    let signal = None;
    // Windows has codes that are no byte: each is some failure.
    let code = status.code().or(signal).and_then(|code| u8::try_from(code).ok());
    code.map_or(ExitCode::FAILURE, ExitCode::from)
}
