//! The server for a whole class: counts connections, shows each message, answers with a greeting, closes.
//!
//! The steps of every server: create a socket, bind it, listen, accept (`listener.rs`), receive, send, close (`handler.rs`). One event
//! loop runs them for all clients: where a step has to wait, another client's goes on. What is left keeps three hundred students out
//! of each other's way.

mod balancer;
#[cfg(feature = "board")]
mod board;
mod console;
mod drain;
mod handler;
mod invitation;
mod keyboard;
mod limits;
mod listener;
mod log;
mod message;
mod names;
mod open_files;
mod options;
mod queue;
mod report;
mod screen;
mod server;
mod signals;
mod throttle;
mod visit;
mod visitors;

use balancer::Balancers;
use clap::Parser as _;
use common::{Problem, address, problem};
use console::{Console, Line};
use invitation::Invitation;
use limits::Limits;
use log::Log;
use options::Options;
use server::Server;
use signals::{Request, Signals};
use socket2::Socket;
use std::process::ExitCode;
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::{runtime, task};

/// The IP to listen at, where the command line gives none.
const IP: &str = "127.0.0.1";
/// The port to listen at, where the command line gives none.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    let options = Options::parse();
    let ended = if options.report.is_empty() { run(&options) } else { report::run(&options.report) };
    problem::exit_code_or(ended, ExitCode::FAILURE)
}

fn run(options: &Options) -> Result<ExitCode, Problem> {
    let event_loop = runtime::Builder::new_current_thread().enable_all().build().map_err(no_event_loop)?;
    let server = event_loop.block_on(serve(options))?;
    // Those who are still here are recorded now.
    drop(event_loop);
    Ok(server.close())
}

/// Serves the class until the teacher stops it.
async fn serve(options: &Options) -> Result<Arc<Server>, Problem> {
    let console = Console::start(options.plain).map_err(Problem::threads)?;
    let log = options.log.as_deref().map(|path| Log::open(path, console.clone())).transpose()?;

    let address = address::resolve(&options.ip, options.port)?;
    let listener = listener::listen(address, options.backlog)?;
    // With port 0 the system has chosen one.
    let address = listener.local_addr().ok().and_then(|chosen| chosen.as_socket()).unwrap_or(address);
    let listener = TcpListener::from_std(Socket::into(listener)).map_err(no_event_loop)?;

    #[cfg(feature = "board")]
    let board = options.board.as_ref().map(|place| board::Board::listen(place, address)).transpose()?;

    let limits = Limits::new(options.max_clients, options.per_address(), options.patience);
    let balancers = Balancers::new(options.proxy_protocol.clone());
    let server = Arc::new(Server::new(address, limits, balancers, console.clone(), log));

    // Only now: until here a step may wait for long (a name server that is dead, a log that is a pipe), and Ctrl-C ends it at once.
    let signals = Signals::listen().map_err(no_event_loop)?;
    console.say(Line::Waiting(address));
    let invitation = Arc::new(Invitation::new(address));
    invitation.show(&console);
    #[cfg(feature = "board")]
    if let Some(board) = board {
        board.start(&server, &invitation).map_err(no_event_loop)?;
    }
    tell_room(options, &console);
    let asked = Arc::clone(&server);
    keyboard::on_enter(move || asked.show_who_came());

    task::spawn(invitation::keep_true(invitation, Arc::clone(&server)));
    task::spawn(listener::accept(listener, Arc::clone(&server)));
    serve_requests(signals, &server).await;
    Ok(server)
}

/// Does what the teacher asks for, until that is to stop.
async fn serve_requests(mut signals: Signals, server: &Server) {
    loop {
        match signals.next().await {
            Request::Stop => return,
            Request::WhoCame => server.show_who_came(),
            Request::Redraw => server.console.say(Line::Redraw),
        }
    }
}

/// Says for how many clients there is room: to a class always, else where it is less than was asked for.
fn tell_room(options: &Options, console: &Console) {
    let asked = options.max_clients;
    let allowed = open_files::raise_limit(options.files_of_the_board()).unwrap_or(u64::MAX);
    let room = allowed.min(asked.into());
    if room < asked.into() {
        let note = format!(
            "note: there is room for {room} clients at once, not for {asked}: the system allows no more open files"
        );
        console.note(note);
    } else if console.is_for_a_class {
        console.print(format!("Room for {room} clients at once. Enter: who came so far. Ctrl-C: the end."));
    }
}

fn no_event_loop(cause: std::io::Error) -> Problem {
    Problem::new("the event loop could not be started", cause, "close some programs, and try again")
}
