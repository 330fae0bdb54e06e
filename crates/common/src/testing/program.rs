//! Any program, started, watched, and ended for certain.

mod waiting;

use super::captured::{Output, capture};
use super::command_under_test::is_wrapped;
use super::patience::Patience;
use super::watch::Watch;
use super::{COULD_NOT_GRADE, CommandUnderTest, Timeout, contained, fail, group, pseudo_terminal};
use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use wait_timeout::ChildExt as _;

/// How long a program that is ended may take to be gone. One that has become root (sudo, setuid) cannot be ended by an ordinary
/// user: it is left behind then, since a test that waits for it would never end.
const KILL_TIMEOUT: Duration = Duration::from_secs(2);

/// A running program. When it is dropped, it and all that it started are gone, as far as this user may end them. On other systems than
/// Linux, what has left its process group (setsid(2)) is not found.
///
/// On Unix it runs in a process group of its own, and ends with the whole group; it starts with Ctrl-C allowed, whatever
/// this process inherited (a shell ignores it for what it runs in the background, and a child inherits that). On Windows only the
/// program itself is ended.
///
/// ```no_run
/// use common::testing::Program;
/// use std::process::Command;
///
/// let mut cat = Program::start(Command::new("cat")).unwrap();
/// cat.type_in(b"HELLO\n").unwrap();
/// cat.wait_for_stdout("HELLO").unwrap();
/// cat.close_stdin();
/// assert!(cat.wait_for_end().unwrap().success());
/// ```
pub struct Program {
    command: String,
    child: Child,
    ended: Option<ExitStatus>,
    patience: Patience,
    stdin: Option<ChildStdin>,
    output: Watch<Output>,
    under_test: Option<CommandUnderTest>,
    /// What of its output a person sees.
    screen: fn(&Output) -> String,
}

impl Program {
    /// Starts `command` with its three standard streams connected to this value.
    pub fn start(command: Command) -> io::Result<Self> {
        Self::start_with(command, Stdio::piped(), Stdio::piped())
    }

    /// Starts `command` with a standard output and a standard error of the caller's, neither of which is captured then.
    pub fn start_with(mut command: Command, stdout: Stdio, stderr: Stdio) -> io::Result<Self> {
        command.stdout(stdout).stderr(stderr);
        Self::spawn(command, None)
    }

    /// Starts `command` with a terminal as its standard output. Where the system has none at all, as Windows, it is a pipe; one that has
    /// no more of them to give is short of something, and a right program would be refused.
    pub(super) fn start_at_terminal(mut command: Command) -> io::Result<Self> {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let screen = match pseudo_terminal::open() {
            Ok((screen, output)) => {
                command.stdout(output);
                Some(screen)
            }
            Err(e) if e.kind() == io::ErrorKind::Unsupported => None,
            Err(e) => fail(&format!("{COULD_NOT_GRADE}: no pseudo-terminal can be had as the program's screen: {e}")),
        };
        let mut program = Self::spawn(command, screen)?;
        program.screen = Output::screen;
        Ok(program)
    }

    /// Starts `command`. What it shows is read from its `terminal`, or else from its standard output.
    fn spawn(mut command: Command, terminal: Option<File>) -> io::Result<Self> {
        let mut child = group::spawn(command.stdin(Stdio::piped()))?;

        let stdin = child.stdin.take();
        let stdout = child.stdout.take().map(|stdout| Box::new(stdout) as Box<dyn Read + Send>);
        let stdout = terminal.map(|terminal| Box::new(terminal) as Box<dyn Read + Send>).or(stdout);
        let stderr = child.stderr.take();
        let command = format!("{command:?}");
        let screen = |output: &Output| output.stdout.seen();
        let program = Self {
            command,
            child,
            ended: None,
            patience: Patience::constant(),
            stdin,
            output: Watch::default(),
            under_test: None,
            screen,
        };
        // From here on the program is ended if anything fails.
        if let Some(stdout) = stdout {
            capture(stdout, &program.output, |output| &mut output.stdout)?;
        }
        if let Some(stderr) = stderr {
            capture(stderr, &program.output, |output| &mut output.stderr)?;
        }
        Ok(program)
    }

    /// Says that it is under test: which command it is, how one types it, and how long it is waited for. Without that each wait may
    /// last as long as [`TIME_LIMIT`](super::TIME_LIMIT).
    pub(super) fn under(mut self, under_test: CommandUnderTest, command: String, patience: Patience) -> Self {
        self.under_test = Some(under_test);
        self.command = command;
        self.patience = patience;
        self
    }

    /// The command under test, if it is one.
    pub(super) fn under_test(&self) -> Option<&CommandUnderTest> {
        self.under_test.as_ref()
    }

    /// Whether it is the crate's own program that is under test.
    pub(super) fn is_own(&self) -> bool {
        self.under_test().is_some_and(CommandUnderTest::is_own)
    }

    /// How long it is waited for.
    pub(super) fn patience(&self) -> &Patience {
        &self.patience
    }

    /// How many network sockets it has open: proc(5), `fd`. A socket that is shut down and never closed looks closed from outside.
    #[cfg(target_os = "linux")]
    #[must_use]
    pub fn sockets(&self) -> usize {
        let open = fs::read_dir(format!("/proc/{}/fd", self.id())).into_iter().flatten().flatten();
        let links = open.filter_map(|file| Some(fs::read_link(file.path()).ok()?.to_string_lossy().into_owned()));
        // Pairs of a program's own, which event loops have, are of another family.
        let local = fs::read_to_string("/proc/net/unix").unwrap_or_default();
        let is_local = |number: &str| local.lines().any(|line| line.split_whitespace().nth(6) == Some(number));
        let numbers = links.filter_map(|link| Some(link.strip_prefix("socket:[")?.trim_end_matches(']').to_string()));
        numbers.filter(|number| !is_local(number)).count()
    }

    /// How it was started.
    pub(super) fn command(&self) -> &str {
        &self.command
    }

    /// The process's number. In a sandbox the program runs behind what started it.
    #[must_use]
    pub fn id(&self) -> u32 {
        let levels = if self.under_test.is_some() { sandbox_levels() } else { 0 };
        (0..levels).try_fold(self.child.id(), |process, _| first_child(process)).unwrap_or(self.child.id())
    }

    /// Writes to the program's standard input, as a person would type. A program that does not read is not waited for longer
    /// than any other wait lasts.
    pub fn type_in(&mut self, bytes: &[u8]) -> Result<(), Timeout> {
        let what = format!("{} bytes to be taken from standard input", bytes.len());
        let Some(mut stdin) = self.stdin.take() else { return Err(self.timeout(&what)) };
        let bytes = bytes.to_vec();
        let (done, written) = mpsc::channel();
        let writing = thread::Builder::new().name("typing".to_string()).spawn(move || {
            let result = stdin.write_all(&bytes).and_then(|()| stdin.flush());
            let _ = done.send(result.map(|()| stdin));
        });
        let is_writing = writing.is_ok();
        let taken = self.patience.wait(|left| match written.recv_timeout(left) {
            Err(mpsc::RecvTimeoutError::Timeout) if is_writing => None,
            written => Some(written.ok().and_then(Result::ok)),
        });
        self.stdin = taken.flatten();
        if self.stdin.is_some() { Ok(()) } else { Err(self.timeout(&what)) }
    }

    /// Ends the program's standard input, as Ctrl-D does.
    pub fn close_stdin(&mut self) {
        self.stdin = None;
    }

    /// All of standard output up to now, invalid UTF-8 replaced.
    #[must_use]
    pub fn stdout(&self) -> String {
        self.output.look(|output| output.stdout.text())
    }

    /// All of standard error up to now, invalid UTF-8 replaced.
    #[must_use]
    pub fn stderr(&self) -> String {
        self.output.look(|output| output.stderr.text())
    }

    /// The beginning of standard error, without colours.
    pub(super) fn errors(&self) -> String {
        self.output.look(|output| output.stderr.seen())
    }

    /// How many bytes of zero it has shown: as they are, which a terminal does not show, or made visible as `\x00`.
    #[must_use]
    pub fn zeros_shown(&self) -> usize {
        let output = self.stdout() + &self.stderr();
        output.matches('\0').count() + output.matches("\\x00").count()
    }

    /// What stands on its screen: the beginning of standard output, without colours, and with line breaks as on Unix. If it is judged as
    /// a program at a terminal, below that the same of standard error, where it may log its lines. Indented lines of standard error
    /// are left out: interpreters show lines of the source so.
    #[must_use]
    pub fn screen(&self) -> String {
        self.output.look(self.screen)
    }

    /// Presses Ctrl-C: sends SIGINT to the program and all that it started.
    #[cfg(unix)]
    pub fn interrupt(&self) -> io::Result<()> {
        group::interrupt(&self.child)
    }
}

/// How many processes of a sandbox are before the program.
fn sandbox_levels() -> usize {
    if is_wrapped() { 2 } else { 0 }
}

/// proc(5), `children`.
fn first_child(process: u32) -> Option<u32> {
    let children = fs::read_to_string(format!("/proc/{process}/task/{process}/children")).ok()?;
    children.split_whitespace().next()?.parse().ok()
}

impl Drop for Program {
    fn drop(&mut self) {
        contained::note_forgery(&self.output.look(|output| output.stdout.seen() + &output.stderr.seen()));
        if self.ended.is_none() {
            group::end(&mut self.child);
            let _ = self.child.wait_timeout(KILL_TIMEOUT);
        }
        group::forget(&self.child);
    }
}
