//! The board, as a browser sees it: HTTP over real sockets.
#![cfg_attr(
    not(target_os = "linux"),
    allow(
        dead_code,
        unused_imports,
        reason = "only Linux has an address of its own for each of many students on loopback"
    )
)]

#[cfg(target_os = "linux")]
mod bounds;
#[cfg(target_os = "linux")]
mod browser;
#[cfg(target_os = "linux")]
#[path = "support/chromium.rs"]
mod chromium;
#[cfg(target_os = "linux")]
mod events;
mod starting;
#[cfg(unix)]
mod stopping;
mod web;

use crate::running_server::{GREETING, RunningServer};
use common::testing::{TIME_LIMIT, poll};
use serde_json::Value;
use socket2::{Domain, Socket, Type};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::time::Instant;

/// A server with a board.
pub struct Board {
    pub server: RunningServer,
    pub address: SocketAddr,
}

impl Board {
    /// Starts it with more arguments.
    pub fn start(arguments: &[&str]) -> Self {
        Self::of(RunningServer::start(&[&["--board", "127.0.0.1:0"], arguments].concat()))
    }

    /// Waits until it says where its board is.
    pub fn of(server: RunningServer) -> Self {
        let is_whole = |all: &str| all.lines().any(|line| line.starts_with("Board: ")) && all.ends_with('\n');
        let stdout = server.program.wait_for_stdout_until("the line with the board's address", is_whole).unwrap();
        let line = stdout.lines().find_map(|line| line.strip_prefix("Board: http://")).unwrap();
        let address = line.trim_end_matches('/').parse().unwrap();
        Self { server, address }
    }

    /// A connection to the board.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect_timeout(&self.address, TIME_LIMIT).unwrap();
        stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        stream
    }

    /// The whole answer to a request, whose lines these are.
    pub fn request(&self, lines: &[&str]) -> Response {
        let mut stream = self.connect();
        stream.write_all((lines.join("\r\n") + "\r\n\r\n").as_bytes()).unwrap();
        let (begin, mut answer) = (Instant::now(), Vec::new());
        let mut buffer = [0; 4096];
        while let length @ 1.. = stream.read(&mut buffer).unwrap() {
            answer.extend_from_slice(&buffer[..length]);
            // Events go on for ever.
            assert!(begin.elapsed() < TIME_LIMIT, "no end of: {}", String::from_utf8_lossy(&answer));
        }
        let answer = String::from_utf8(answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Response { head: head.to_string(), body: body.to_string() }
    }

    pub fn get(&self, path: &str) -> Response {
        self.request(&[&format!("GET {path} HTTP/1.1"), "Host: 127.0.0.1"])
    }

    /// A page that is open.
    pub fn open(&self) -> Page {
        // As a client of HTTP/1.0 it gets the events without chunks between them.
        Page::on(self.connect())
    }

    /// So many pages, each of which has heard its first event.
    pub fn open_all(&self, number: usize) -> Vec<Page> {
        let mut pages: Vec<_> = (0..number).map(|_| self.open()).collect();
        for page in &mut pages {
            page.state();
        }
        pages
    }

    /// A student with an address of its own says something, and is answered.
    pub fn say_from(&self, student: usize, message: &str) {
        let from = Ipv4Addr::from_bits(Ipv4Addr::new(127, 1, 0, 1).to_bits() + u32::try_from(student).unwrap());
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((from, 0)).into()).unwrap();
        socket.connect(&SocketAddr::from((Ipv4Addr::LOCALHOST, self.server.port)).into()).unwrap();
        let stream = TcpStream::from(socket);
        stream.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        let client = crate::running_server::Client(stream).say(message.as_bytes()).finish();
        assert_eq!(client.answer(), GREETING);
    }
}

/// What a board answers.
pub struct Response {
    head: String,
    body: String,
}

impl Response {
    pub fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }

    /// The value of a header field that is there once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.head.lines().filter_map(|line| {
            line.split_once(": ").filter(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        });
        let value = values.next();
        assert_eq!(values.next(), None, "{name} twice");
        value
    }
}

/// A page that is open, and hears the events.
pub struct Page(BufReader<TcpStream>);

impl Page {
    /// Asks for the events.
    pub fn on(mut stream: TcpStream) -> Self {
        stream.write_all(b"GET /events HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n").unwrap();
        Self(BufReader::new(stream))
    }

    /// The next event as it arrives, without its end. None: there are no more.
    pub fn event(&mut self) -> Option<String> {
        let mut event = String::new();
        while !event.ends_with("\n\n") && !event.ends_with("\r\n\r\n") {
            if self.0.read_line(&mut event).unwrap_or(0) == 0 {
                return None;
            }
        }
        Some(event.trim_end().to_string())
    }

    /// What the next event says.
    pub fn state(&mut self) -> Value {
        loop {
            let event = self.event().expect("another event");
            if let Some(data) = event.lines().find_map(|line| line.strip_prefix("data: ")) {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// The first state like this.
    pub fn wait_for(&mut self, what: &str, is_right: impl Fn(&Value) -> bool) -> Value {
        let begin = Instant::now();
        loop {
            let state = self.state();
            if is_right(&state) {
                return state;
            }
            assert!(begin.elapsed() < TIME_LIMIT, "{what} is missing: {state:#}");
        }
    }

    /// The first state with this last message of somebody.
    pub fn wait_for_message(&mut self, message: &str) -> Value {
        let has_it = |state: &Value| rows(state).iter().any(|row| row["message"] == message);
        self.wait_for(message, has_it)
    }
}

pub fn rows(state: &Value) -> &[Value] {
    state["rows"].as_array().unwrap()
}

/// Waits until a page is served.
fn wait_until_it_serves(board: &Board) {
    let serves = || {
        let mut page = board.open();
        page.event().filter(|head| head.contains(" 200 OK")).map(|_| ())
    };
    poll("a page that is served", serves).unwrap();
}
