//! Where a page is played: a student's folder, in which what its reader types is typed.

use super::blocks::{Numbered, Step, Typed};
use super::elsewhere::is_run_elsewhere;
use super::matching::is_shown;
use super::programs::{Programs, is_written_here};
use crate::starters::with_beginners_lines;
use crate::support::workspace::root;
use common::testing::{Program, poll};
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How often a time limit of a test passes before a page's program is late: `server` waits ten seconds for a silent client.
const PATIENCE: usize = 3;

pub struct Stage {
    folder: PathBuf,
    /// Where its commands build, and what `cargo clean` deletes.
    target: PathBuf,
    programs: Programs,
    terminals: BTreeMap<String, Terminal>,
}

/// A terminal: the program that runs in it, and how much of its output a page has shown.
struct Terminal {
    program: Program,
    shown: (usize, usize),
}

impl Stage {
    /// In a student's folder, with starters.
    pub fn of_a_student(folder: &Path) -> Self {
        Self::open(folder, Programs::with_starters(), folder.join("target"))
    }

    /// In any folder, with the solutions and all of the workshop. What its demo builds is built already.
    pub fn of_a_teacher(folder: &Path) -> Self {
        let target = env::var_os("CARGO_TARGET_DIR").map_or(root().join("target"), PathBuf::from);
        Self::open(folder, Programs::with_solutions(), target)
    }

    fn open(folder: &Path, programs: Programs, target: PathBuf) -> Self {
        Self { folder: folder.to_path_buf(), target, programs, terminals: BTreeMap::new() }
    }

    /// Plays one step of a page: an error says what the page shows, and what was there instead.
    pub fn play(&mut self, Numbered { line, step }: &Numbered) -> Result<(), String> {
        let played = match step {
            Step::Run(all) => all.iter().filter(|typed| !is_run_elsewhere(typed)).try_for_each(|typed| self.run(typed)),
            Step::Start { terminal, typed } => self.start(terminal, typed),
            Step::Shows { terminal, lines } => self.shows(terminal, lines),
            Step::Types { terminal, text } => {
                self.terminal(terminal)?.program.type_in(text.as_bytes()).map_err(|e| e.to_string())
            }
            Step::Key { terminal, key } => self.press(terminal, key),
            Step::Written(exercise) => self.write(exercise),
            Step::Rust(code) => compile_and_run(code),
            Step::Elsewhere(_) | Step::Mistake { .. } => Ok(()),
        };
        played.map_err(|why| format!("line {line}: {why}"))
    }

    /// A command in this terminal's shell. `teacher…` and `mate…` are at computers of their own.
    fn shell(&self, terminal: &str, command: &str) -> Command {
        let computers = [("teacher", "VIRTUAL_LAB_TEACHER"), ("mate", "VIRTUAL_LAB_STUDENT2")];
        let computer = computers.iter().find(|(name, _)| terminal.starts_with(name)).map(|(_, variable)| variable);
        let mut shell = Command::new(if computer.is_some() { "nsenter" } else { "sh" });
        if let Some(variable) = computer {
            let process = env::var(variable).unwrap_or_else(|_| panic!("no {variable}: is this the virtual lab?"));
            shell.args(["--target", &process, "--net", "--", "sh"]);
        }
        shell.args(["-c", command]).current_dir(&self.folder).env("LC_ALL", "C.UTF-8").env("RUST_BACKTRACE", "0");
        shell.env("CARGO_TARGET_DIR", &self.target);
        shell.env("PATH", self.programs.path()).env("HOME", &self.folder).env_remove("SESSION08_CMD");
        // Nobody's own settings of git.
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/gitconfig");
        shell.env("GIT_CONFIG_GLOBAL", config).env("GIT_CONFIG_NOSYSTEM", "1");
        shell
    }

    /// A command to its end. What a page shows of it decides; one of which it shows nothing must succeed.
    fn run(&self, typed: &Typed) -> Result<(), String> {
        let output = self.shell("", &typed.command).output().map_err(|e| e.to_string())?;
        let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let shows: Vec<&str> = typed.shows.iter().map(String::as_str).collect();
        let is_right = if shows.is_empty() { output.status.success() } else { is_shown(&shows, &stdout, &stderr) };
        if is_right { Ok(()) } else { Err(format!("{}: {}\n{stdout}{stderr}", typed.command, output.status)) }
    }

    fn start(&mut self, terminal: &str, typed: &Typed) -> Result<(), String> {
        let command = self.shell(terminal, &format!("exec {}", typed.command));
        // What ran there before was ended by hand.
        self.terminals.remove(terminal);
        let program = Program::start(command).map_err(|e| e.to_string())?;
        self.terminals.insert(terminal.to_string(), Terminal { program, shown: (0, 0) });
        self.shows(terminal, &typed.shows)
    }

    /// Waits until a terminal shows these lines, and nothing else besides what was shown before.
    fn shows(&mut self, terminal: &str, lines: &[String]) -> Result<(), String> {
        let terminal = self.terminal(terminal)?;
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let from = terminal.shown;
        let look = || {
            let (out, err) = (terminal.program.stdout(), terminal.program.stderr());
            is_shown(&lines, &out[from.0..], &err[from.1..]).then_some((out.len(), err.len()))
        };
        let shown = (0..PATIENCE).find_map(|_| poll("these lines", look).ok());
        let (out, err) = (terminal.program.stdout(), terminal.program.stderr());
        terminal.shown = shown.ok_or_else(|| format!("the terminal shows\n{}{}", &out[from.0..], &err[from.1..]))?;
        Ok(())
    }

    fn press(&mut self, terminal: &str, key: &str) -> Result<(), String> {
        let program = &mut self.terminal(terminal)?.program;
        match key {
            "Ctrl-D" => program.close_stdin(),
            _ => program.interrupt().map_err(|e| e.to_string())?,
        }
        Ok(())
    }

    /// The student has written this program: the folder has a beginner's lines, and what runs is the solution.
    fn write(&mut self, exercise: &str) -> Result<(), String> {
        let main = self.folder.join("crates").join(exercise).join("src/main.rs");
        let starter = fs::read_to_string(&main).map_err(|e| e.to_string())?;
        fs::write(&main, with_beginners_lines(exercise, &starter)).map_err(|e| e.to_string())?;
        assert!(is_written_here(exercise), "{exercise} is no exercise");
        self.programs.written(exercise);
        Ok(())
    }

    fn terminal(&mut self, name: &str) -> Result<&mut Terminal, String> {
        self.terminals.get_mut(name).ok_or_else(|| format!("nothing was started in the terminal {name}"))
    }
}

/// A program that says nothing, and fails where an assertion of it does.
fn compile_and_run(code: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let (source, program) = (folder.path().join("block.rs"), folder.path().join("block"));
    let code = if code.contains("fn main()") { code.to_string() } else { format!("fn main() {{\n{code}}}\n") };
    fs::write(&source, code).unwrap();
    let mut rustc = Command::new("rustc");
    rustc.args(["--edition=2024", "-D", "warnings", "-o"]).arg(&program).arg(&source).current_dir(root());
    for mut command in [rustc, Command::new(&program)] {
        let output = command.output().map_err(|e| format!("{command:?}: {e}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
    }
    Ok(())
}
