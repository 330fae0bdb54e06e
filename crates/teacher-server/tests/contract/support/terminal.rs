//! A terminal for a server, and what stands on it.

use crate::running_server::RunningServer;
use assert_cmd::cargo::cargo_bin;
use common::testing::{Program, poll};
use nix::pty::{Winsize, openpty};
use nix::unistd::ttyname;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

/// A server whose standard output and standard error are a terminal.
pub struct Terminal {
    pub server: RunningServer,
    pub path: PathBuf,
    written: Arc<Mutex<Vec<u8>>>,
}

impl Terminal {
    /// Starts a server with more arguments.
    pub fn start(columns: u16, arguments: &[&str]) -> Self {
        let mut command = Command::new(cargo_bin!());
        command.args(["127.0.0.1", "0"]).args(arguments).env("TERM", "xterm");
        Self::start_command(columns, command)
    }

    /// Starts any command that ends in a server.
    pub fn start_command(columns: u16, command: Command) -> Self {
        let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let pair = openpty(Some(&size), None).unwrap();
        let path = ttyname(&pair.slave).unwrap();
        let stderr = Stdio::from(pair.slave.try_clone().unwrap());
        let program = Program::start_with(command, Stdio::from(pair.slave), stderr).unwrap();

        let written = Arc::<Mutex<Vec<u8>>>::default();
        let (mut master, shared) = (File::from(pair.master), Arc::clone(&written));
        let read = move || {
            let mut buffer = [0; 4096];
            // At the end Linux gives EIO.
            while let Ok(length @ 1..) = master.read(&mut buffer) {
                shared.lock().unwrap().extend_from_slice(&buffer[..length]);
            }
        };
        thread::Builder::new().spawn(read).unwrap();
        let mut terminal = Self { server: RunningServer { program, port: 0 }, path, written };
        terminal.wait_for("Waiting for connections at 127.0.0.1, ");
        terminal.server.port = terminal.lines()[0].rsplit(' ').next().unwrap().parse().unwrap();
        terminal
    }

    /// What stands on the screen, as a terminal of any height shows it that knows carriage returns and line feeds.
    pub fn lines(&self) -> Vec<String> {
        let written = String::from_utf8_lossy(&self.written.lock().unwrap()).into_owned();
        let mut lines = vec![Vec::new()];
        let mut column = 0;
        for character in written.chars() {
            assert!(!character.is_control() || "\r\n".contains(character), "{written:?}");
            let line = lines.last_mut().unwrap();
            match character {
                '\r' => column = 0,
                '\n' => lines.push(Vec::new()),
                _ => {
                    line.resize(line.len().max(column + 1), ' ');
                    line[column] = character;
                    column += 1;
                }
            }
        }
        lines.into_iter().map(|line| line.into_iter().collect::<String>().trim_end().to_string()).collect()
    }

    /// Waits until this stands in a line.
    pub fn wait_for(&self, text: &str) {
        let stands_there = || self.lines().iter().any(|line| line.contains(text)).then_some(());
        poll(text, stands_there).unwrap_or_else(|_| panic!("no {text:?} in {:#?}", self.lines()));
    }
}

/// A terminal that is only a server's standard input.
pub struct Keyboard(File);

impl Keyboard {
    /// Starts a server that has it.
    pub fn start() -> (RunningServer, Self) {
        let pair = openpty(None, None).unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", r#"exec "$0" 127.0.0.1 0 <"$KEYBOARD""#]).arg(cargo_bin!());
        command.env("KEYBOARD", ttyname(&pair.slave).unwrap());
        (RunningServer::start_command(command), Self(pair.master.into()))
    }

    /// Presses these keys.
    pub fn press(&mut self, keys: &str) {
        self.0.write_all(keys.as_bytes()).unwrap();
    }
}

/// Waits until the screen is like this.
pub fn wait_until(terminal: &Terminal, what: &str, enough: impl Fn(&[String]) -> bool) {
    poll(what, || enough(&terminal.lines()).then_some(()))
        .unwrap_or_else(|_| panic!("{what} is missing: {:#?}", terminal.lines()));
}
