//! The program under test: a crate's own, or any other in any language.

use super::patience::Patience;
use super::{CONTAINED, NETWORKS, Program, VERDICTS, fail, obstacle, verdicts};
use crate::text;
use std::env::{self, VarError};
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The environment variable that names another program to test: a JSON array, as `["python3","Ex3.py"]`.
pub const VARIABLE: &str = "SESSION08_CMD";

/// The environment variable that names what starts the program under test, in a sandbox say: a JSON array of words that come before the
/// program's own. Reports show the command without them. No program under test gets it.
pub const WRAPPER: &str = "SESSION08_WRAPPER";

/// What a test says first where the machine is at fault, and not the program: nobody is graded by that.
pub const COULD_NOT_GRADE: &str = "COULD NOT GRADE";

/// How the names of programs end that an interpreter runs.
const SOURCES: [&str; 12] = ["bash", "jar", "java", "js", "lua", "mjs", "php", "pl", "py", "rb", "sh", "ts"];

/// The program under test.
///
/// ```
/// use common::testing::CommandUnderTest;
///
/// let under_test = CommandUnderTest::new(env!("CARGO"));
/// assert_eq!(under_test.to_shell(&["127.0.0.1", "8080", "a message"]), "cargo run -q -p cargo -- 127.0.0.1 8080 'a message'");
/// ```
#[derive(Clone, Debug)]
pub struct CommandUnderTest {
    words: Vec<OsString>,
    /// Whether it is the crate's own, which one types as `cargo run`.
    is_own: bool,
    /// Where it runs, if not here.
    folder: Option<PathBuf>,
    /// Whether it is judged by the bytes that it gives to another program, and not by what it shows to a person.
    is_filter: bool,
}

impl CommandUnderTest {
    /// The program that [`VARIABLE`] names; without that, `own`.
    #[must_use]
    pub fn new(own: impl AsRef<OsStr>) -> Self {
        verdicts::begin();
        let text = match env::var(VARIABLE) {
            Ok(text) => text,
            Err(VarError::NotPresent) => {
                let words = vec![built(Path::new(own.as_ref()))];
                return Self { words, is_own: true, folder: None, is_filter: false };
            }
            Err(VarError::NotUnicode(bytes)) => fail(&format!("{COULD_NOT_GRADE}: {VARIABLE} is not UTF-8: {bytes:?}")),
        };
        let words: Vec<String> = serde_json::from_str(&text).unwrap_or_default();
        if words.is_empty() {
            fail(&format!(
                "{COULD_NOT_GRADE}: {VARIABLE} must be a JSON array, for example [\"python3\",\"Ex3.py\"], and is: {text}"
            ));
        }
        // cargo runs tests in the folder of their crate. The command was typed in another folder, and
        // that is what the shell has left in PWD.
        let folder = env::var_os("PWD").map(PathBuf::from).filter(|folder| folder.is_dir());
        let typed_in = folder.clone().or_else(|| env::current_dir().ok()).unwrap_or_default();
        if let Some(missing) = interpreted_file(&words).filter(|file| !typed_in.join(file).is_file()) {
            let folder = typed_in.display();
            fail(&format!("{COULD_NOT_GRADE}: {VARIABLE} names {missing:?}, and there is no such file in {folder}"));
        }
        Self { words: words.into_iter().map(OsString::from).collect(), is_own: false, folder, is_filter: false }
    }

    /// Whether it is the crate's own program, and not one that [`VARIABLE`] names.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.is_own
    }

    /// Its command, with these arguments behind it.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut words = wrapper().into_iter().map(OsString::from).chain(self.words.iter().cloned());
        let mut command = Command::new(words.next().unwrap_or_default());
        command
            .args(words)
            .args(arguments)
            .env_remove(VERDICTS)
            .env_remove(WRAPPER)
            .env_remove(CONTAINED)
            .env_remove(NETWORKS);
        // Through a pipe Python shows nothing before its end without this.
        command.env("PYTHONUNBUFFERED", "1");
        if !self.is_filter {
            // As at a terminal, also where it has none: what is coloured there goes coloured over the wire as well.
            command.env("FORCE_COLOR", "1").env_remove("NO_COLOR");
            // Nothing draws what moves the cursor.
            command.env("TERM", "dumb");
        }
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    /// The same in another folder. What was named as a file of the folder in which the command was typed is still that file.
    #[must_use]
    pub fn command_in(&self, folder: &Path, arguments: &[&str]) -> Command {
        let words = self.words.iter().enumerate();
        let words = words.map(|(index, word)| self.file_named(index).map_or(word.clone(), PathBuf::into_os_string));
        let moved = Self { words: words.collect(), folder: Some(folder.to_path_buf()), ..self.clone() };
        moved.command(arguments)
    }

    /// The same program, judged by the bytes of its standard output, which is a pipe then: for a netcat, or a list that other programs
    /// read. Without this it is a terminal where the system has one, since that is where a person sees a program.
    #[must_use]
    pub fn as_filter(mut self) -> Self {
        self.is_filter = true;
        self
    }

    /// Starts it with these arguments, and waits for it with this patience.
    pub(super) fn start(&self, arguments: &[&str], patience: Patience) -> Program {
        self.spawn(self.command(arguments), arguments, patience)
    }

    /// The same in another folder, see [`CommandUnderTest::command_in`].
    pub(super) fn start_in(&self, folder: &Path, arguments: &[&str], patience: Patience) -> Program {
        self.spawn(self.command_in(folder, arguments), arguments, patience)
    }

    fn spawn(&self, command: Command, arguments: &[&str], patience: Patience) -> Program {
        if is_wrapped() && !self.can_be_found() {
            obstacle::end_not_run(self, &io::ErrorKind::NotFound.into());
        }
        let program = if self.is_filter { Program::start(command) } else { Program::start_at_terminal(command) };
        let program = program.unwrap_or_else(|e| obstacle::end_not_run(self, &e));
        program.under(self.clone(), self.to_shell(arguments), patience)
    }

    /// Whether its first word is a program: what starts it in a sandbox has its own words for that.
    fn can_be_found(&self) -> bool {
        let word = Path::new(&self.words[0]);
        if word.components().count() > 1 {
            return self.folder_typed_in().join(word).is_file();
        }
        let path = env::var_os("PATH").unwrap_or_default();
        env::split_paths(&path).any(|folder| folder.join(word).is_file())
    }

    /// The same program with this argument before all others, as an option that some do not understand behind them.
    #[must_use]
    pub fn with(mut self, argument: &str) -> Self {
        self.words.push(argument.into());
        self
    }

    /// How long it is waited for where it connects to a peer. A filter may be silent for as long as the other side is.
    pub(super) fn patience(&self) -> Patience {
        if self.is_filter { Patience::constant() } else { Patience::with(self) }
    }

    /// The language that it is written in, as far as its command says so.
    pub(super) fn language(&self) -> &'static str {
        let is_python = |word: String| obstacle::is_python(&word) || word.to_lowercase().ends_with(".py");
        match self.is_own {
            true => "Rust",
            false if self.words().any(is_python) => "Python",
            false => "",
        }
    }

    /// The words of the command.
    pub(super) fn words(&self) -> impl Iterator<Item = String> {
        self.words.iter().map(|word| word.to_string_lossy().into_owned())
    }

    /// The program's own file, as far as there is one: behind an interpreter, or the program itself.
    pub(super) fn source(&self) -> Option<PathBuf> {
        (0..self.words.len()).find_map(|index| self.file_named(index))
    }

    /// The file that is started, where the command names a file.
    pub(super) fn first_file(&self) -> Option<PathBuf> {
        self.file_named(0)
    }

    /// The file that a word names, if it names one. A program's bare name is looked up in PATH.
    fn file_named(&self, index: usize) -> Option<PathBuf> {
        let word = &self.words[index];
        let is_meant = index > 0 || Path::new(word).components().count() > 1;
        Some(self.folder_typed_in().join(word)).filter(|file| is_meant && file.is_file())
    }

    /// The folder where files are beside the program.
    pub(super) fn folder_of_source(&self) -> PathBuf {
        self.source().and_then(|file| file.parent().map(Path::to_path_buf)).unwrap_or_else(|| self.folder_typed_in())
    }

    fn folder_typed_in(&self) -> PathBuf {
        self.folder.clone().or_else(|| env::current_dir().ok()).unwrap_or_default()
    }

    /// The command as one types it in a shell.
    #[must_use]
    pub fn to_shell(&self, arguments: &[&str]) -> String {
        let all = self.words().chain(arguments.iter().map(ToString::to_string));
        let all: Vec<String> = all.map(|word| text::quote_for_shell(&word)).collect();
        if self.is_own {
            let name = Path::new(&self.words[0]).file_stem().unwrap_or_default();
            return format!("cargo run -q -p {} -- {}", name.to_string_lossy(), all[1..].join(" "));
        }
        all.join(" ")
    }
}

/// Whether something else starts the program under test.
pub(super) fn is_wrapped() -> bool {
    env::var_os(WRAPPER).is_some()
}

/// What starts the program under test, if it is not started at once.
fn wrapper() -> Vec<String> {
    let Ok(text) = env::var(WRAPPER) else { return Vec::new() };
    serde_json::from_str(&text).unwrap_or_else(|_| {
        fail(&format!("{COULD_NOT_GRADE}: {WRAPPER} must be a JSON array of words, and is: {text}"))
    })
}

/// Where the crate's own program is now. A path that was compiled in is that of the folder where it was built, which may have been
/// renamed since: there may be nothing there, or another copy of the project.
fn built(compiled_in: &Path) -> OsString {
    let Some(name) = compiled_in.file_name().filter(|_| compiled_in.is_absolute()) else { return compiled_in.into() };
    // cargo has said so since 1.94, while it runs the tests.
    let stem = compiled_in.file_stem().unwrap_or_default().to_string_lossy();
    let said = env::var_os(format!("CARGO_BIN_EXE_{stem}")).map(PathBuf::from);
    // The tests are in target/debug/deps, and the program is in target/debug.
    let tests = env::current_exe().ok();
    let beside = tests.as_deref().and_then(Path::parent).and_then(Path::parent).map(|folder| folder.join(name));
    let mut places = [said, beside, Some(compiled_in.to_path_buf())].into_iter().flatten();
    let Some(place) = places.find(|place| place.is_file()) else {
        fail(&format!(
            "{COULD_NOT_GRADE}: the program {stem} is no longer where it was built\n  cause: {} is not there\n  next:  \
             cargo clean, and then test again",
            compiled_in.display()
        ))
    };
    place.into_os_string()
}

/// The file that an interpreter is to run: where that is missing, the interpreter starts and fails, as if the program were wrong.
/// It stands behind the interpreter and its options; files further on may be another computer's (`docker run IMAGE python3 /x.py`),
/// and what has spaces in it may be a command (`sh -c`).
fn interpreted_file(words: &[String]) -> Option<&String> {
    let file = words[1..].iter().find(|word| !word.starts_with('-')).filter(|word| !word.contains(' '))?;
    let extension = Path::new(file).extension()?.to_str()?;
    SOURCES.contains(&extension).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::interpreted_file;

    #[test]
    fn a_file_is_a_source_where_an_interpreter_on_this_computer_takes_it() {
        let of = |command: &str| {
            let words: Vec<String> = command.split('_').map(str::to_string).collect();
            interpreted_file(&words).cloned()
        };
        assert_eq!(of("python3_Ex3.py").as_deref(), Some("Ex3.py"));
        assert_eq!(of("python3_-u_Ex3.py_more.py").as_deref(), Some("Ex3.py"));
        for command in
            ["./client", "client.py", "docker_run_python:3_python3_/code/Ex3.py", "sh_-c_exec python3 ips.py"]
        {
            assert_eq!(of(command), None, "{command}");
        }
    }
}
