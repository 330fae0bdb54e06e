//! The stage of the demo: the commands that are played, and beside them a running server with its screen.

use super::steps::{SERVER, Step};
use crate::build::Programs;
use anstream::AutoStream;
use anstyle::Style;
use common::Problem;
use common::testing::{Program, free_port};
use std::collections::BTreeSet;
use std::env;
use std::fmt::Display;
use std::fs;
use std::io::{self, Read as _, StdoutLock, Write as _};
use std::process::Command;
use tempfile::TempDir;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The screen of the demo, and the server that runs beside it.
pub struct Stage<'a> {
    programs: &'a Programs,
    /// For what the steps write; gone with the demo.
    folder: TempDir,
    server: Option<Server>,
    played: usize,
    /// The numbers of the steps that did not do what the lesson says.
    failed: BTreeSet<usize>,
    /// How many steps the computer does not allow.
    skipped: usize,
    screen: AutoStream<StdoutLock<'static>>,
}

/// A server that runs.
struct Server {
    program: Program,
    port: u16,
    /// A port at which nobody listens, and which the system gives to nobody else meanwhile.
    free: u16,
    /// How much of its screen has been shown, in bytes.
    shown: usize,
}

impl Server {
    /// Starts it on a free port of 127.0.0.1.
    fn start(programs: &Programs) -> Result<Self, Problem> {
        let next = format!("start it by hand: cargo run -p {SERVER}");
        let no_server = |cause: String| Problem::new("the server does not start", cause, &next);
        let mut command = Command::new(&programs[SERVER]);
        command.args(["127.0.0.1", "0"]);
        let program = Program::start(command).map_err(|e| no_server(e.to_string()))?;
        let line = program
            .wait_for_stdout_until("the line that says where it waits", |all| all.contains('\n'))
            .map_err(|_| no_server(program.stderr().lines().next().unwrap_or("it says nothing at all").to_string()))?;
        let port = line.lines().next().and_then(|line| line.rsplit(", ").next()).and_then(|port| port.parse().ok());
        let port = port.ok_or_else(|| no_server(format!("its first line names no port: {line}")))?;
        Ok(Self { program, port, free: free_port(), shown: 0 })
    }
}

impl<'a> Stage<'a> {
    /// An empty stage.
    pub fn open(programs: &'a Programs) -> Result<Self, Problem> {
        let folder = tempfile::tempdir().map_err(Problem::writing(&std::env::temp_dir()))?;
        let screen = anstream::stdout().lock();
        Ok(Self { programs, folder, server: None, played: 0, failed: BTreeSet::new(), skipped: 0, screen })
    }

    /// Starts the server, if it does not run yet; from then on its screen is shown too.
    pub fn start_server(&mut self) -> Result<(), Problem> {
        if self.server.is_some() {
            return Ok(());
        }
        let server = self.server.insert(Server::start(self.programs)?);
        let typed = format!("cargo run -q -p {SERVER} -- 127.0.0.1 {}", server.port);
        self.heading("The teacher's server", "It waits for connections, and is never in a hurry.")?;
        self.command(&typed)?;
        self.show_server(&["Waiting for connections"])
    }

    /// Plays a step: the heading, the command, what it prints, what the server shows.
    pub fn play(&mut self, step: &Step) -> Result<(), Problem> {
        for (name, text) in &step.files {
            let path = self.folder.path().join(name);
            fs::write(&path, text).map_err(Problem::writing(&path))?;
        }
        let arguments: Vec<String> = step.arguments.iter().map(|argument| self.filled(argument)).collect();
        self.heading(&step.heading, &step.about)?;
        self.command(&typed(step, &arguments))?;
        match self.output_of(step, &arguments) {
            Ok((code, output)) => {
                self.lines(&output, "")?;
                let is_refused =
                    |refusal: &&String| code != Some(step.exit) && output.contains(&format!("error: {refusal}\n"));
                if let Some(refusal) = step.refusal.as_ref().filter(is_refused) {
                    self.skipped += 1;
                    return self.write(format_args!("{BOLD}skipped: {refusal}{BOLD:#}\n"));
                }
                self.check(code == Some(step.exit), format_args!("exit code {}", step.exit))?;
                for text in &step.says {
                    self.check(output.contains(text), format_args!("{text:?} in its output"))?;
                }
            }
            Err(why) => self.check(false, why)?,
        }
        if step.server_shows.is_empty() {
            return Ok(());
        }
        let shows = step.server_shows.iter().map(String::as_str);
        self.show_server(&shows.chain(["Waiting for connections"]).collect::<Vec<_>>())
    }

    /// Stops the server with Ctrl-C, shows its last words, and says how many steps failed.
    pub fn close(mut self) -> Result<(), Problem> {
        self.heading("Ctrl-C in the server's window", "The server says who came.")?;
        self.stop_server()?;
        let (played, failed, skipped) = (self.played, self.failed.len(), self.skipped);
        self.write(format_args!("\n{} of {played} steps did what the lesson says.\n", played - failed - skipped))?;
        if skipped > 0 {
            self.write(format_args!("{skipped} were skipped: this computer does not allow them.\n"))?;
        }
        match failed {
            0 => Ok(()),
            _ => Err(Problem::new(
                format_args!("{failed} of {played} steps did not do what the lesson says"),
                "see the lines above that begin with missing:",
                "run the tests, which say more: cargo test --workspace",
            )),
        }
    }

    /// An argument of a step with its placeholders filled in.
    fn filled(&self, argument: &str) -> String {
        let (port, free) = self.server.as_ref().map_or((0, 0), |server| (server.port, server.free));
        let argument = argument.replace("{folder}", &self.folder.path().display().to_string());
        argument.replace("{port}", &port.to_string()).replace("{free}", &free.to_string())
    }

    #[cfg(unix)]
    fn stop_server(&mut self) -> Result<(), Problem> {
        let Some(server) = &mut self.server else { return Ok(()) };
        let stopped = server.program.interrupt().map_err(|e| e.to_string());
        match stopped.and_then(|()| server.program.wait_for_end().map_err(|e| e.to_string())) {
            Ok(status) => {
                self.show_server(&["Server stopped by the user", "Last message"])?;
                self.check(status.success(), "exit code 0")
            }
            Err(why) => self.check(false, why),
        }
    }

    #[cfg(not(unix))]
    fn stop_server(&mut self) -> Result<(), Problem> {
        self.write(
            "On this system one program cannot press Ctrl-C for another: the server is ended without its table.\n",
        )
    }

    /// Runs a step's command to its end: its exit code, and all that it printed, in the order in which a terminal shows it.
    fn output_of(&self, step: &Step, arguments: &[String]) -> io::Result<(Option<i32>, String)> {
        let mut command = Command::new(&self.programs[&step.program]);
        if step.is_explained {
            command = Command::new(env::current_exe()?);
            command.arg("explain").arg(&self.programs[&step.program]);
        }
        command.args(arguments);
        // Both streams go into one pipe, which holds what a step prints: some hundred bytes.
        let (mut screen, writer) = os_pipe::pipe()?;
        let mut program = Program::start_with(command, writer.try_clone()?.into(), writer.into())?;
        if let Some(input) = &step.input {
            program.type_in(input.as_bytes()).map_err(io::Error::other)?;
        }
        program.close_stdin();
        let status = program.wait_for_end().map_err(io::Error::other)?;
        let mut output = Vec::new();
        screen.read_to_end(&mut output)?;
        Ok((status.code(), String::from_utf8_lossy(&output).into_owned()))
    }

    /// Shows what is new on the server's screen, once it holds all of `expected`.
    fn show_server(&mut self, expected: &[&str]) -> Result<(), Problem> {
        let Some(server) = &mut self.server else { return Ok(()) };
        let shown = server.shown;
        let is_there = |all: &str| {
            let new = all.get(shown..).unwrap_or_default();
            expected.iter().all(|text| new.contains(text)) && new.ends_with('\n')
        };
        // What is not there in time is missing below.
        let _ = server.program.wait_for_stdout_until("what the server shows", is_there);
        let all = server.program.stdout();
        let new = all.get(shown..).unwrap_or_default();
        server.shown = all.len();
        if !new.is_empty() {
            self.write(format_args!("{DIM}the server's screen:{DIM:#}\n"))?;
            self.lines(new, "    ")?;
        }
        for text in expected {
            self.check(new.contains(text), format_args!("{text:?} on the server's screen"))?;
        }
        Ok(())
    }

    fn heading(&mut self, heading: &str, about: &str) -> Result<(), Problem> {
        self.played += 1;
        let number = self.played;
        self.write(format_args!("\n{BOLD}{number}. {heading}{BOLD:#}\n{about}\n\n"))
    }

    fn command(&mut self, typed: &str) -> Result<(), Problem> {
        self.write(format_args!("{DIM}${DIM:#} {BOLD}{typed}{BOLD:#}\n"))
    }

    fn lines(&mut self, text: &str, indent: &str) -> Result<(), Problem> {
        text.lines().try_for_each(|line| self.write(format!("{}\n", format!("{indent}{line}").trim_end())))
    }

    fn check(&mut self, is_so: bool, what: impl Display) -> Result<(), Problem> {
        if is_so {
            return Ok(());
        }
        self.failed.insert(self.played);
        self.write(format_args!("{BOLD}missing: {what}{BOLD:#}\n"))
    }

    fn write(&mut self, text: impl Display) -> Result<(), Problem> {
        write!(self.screen, "{text}").and_then(|()| self.screen.flush()).map_err(Problem::output)
    }
}

/// The command for a shell.
fn typed(step: &Step, arguments: &[String]) -> String {
    let escaped = |input: &str| common::text::escape_line(input.as_bytes());
    let pipe = step.input.as_ref().map(|input| format!("printf '{}' | ", escaped(input))).unwrap_or_default();
    // What cannot be seen is an escape, which bash, zsh and Git Bash turn back into what it was.
    let quoted = |word: &String| match escaped(word) {
        same if same == *word => common::text::quote_for_shell(word),
        other => format!("$'{other}'"),
    };
    let dashes = if arguments.is_empty() { "" } else { " -- " };
    let arguments: Vec<String> = arguments.iter().map(quoted).collect();
    let explain = if step.is_explained { "cargo lab explain " } else { "" };
    format!("{pipe}{explain}cargo run -q -p {}{dashes}{}", step.program, arguments.join(" "))
}
