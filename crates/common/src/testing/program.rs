//! Any program, started, watched, and ended for certain.

use super::captured::{Output, capture};
use super::patience::{Patience, stretched};
#[cfg(unix)]
use super::pseudo_terminal;
use super::watch::Watch;
use super::{CommandUnderTest, TIME_LIMIT, Timeout, group};
use crate::text;
use std::fs::File;
use std::io::{self, Read, Write as _};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};
use wait_timeout::ChildExt as _;

/// How long the reason of a failure is waited for. Only a test that fails anyway waits.
const LAST_WORDS_TIMEOUT: Duration = Duration::from_millis(500);

/// The same of one that hangs.
const HANGING_TIMEOUT: Duration = Duration::from_millis(100);

/// How long a program may take to show the rest of what it shows, and how long it is silent then.
const REST_TIMEOUT: Duration = Duration::from_secs(3);
const QUIET_TIME: Duration = Duration::from_millis(500);

/// How long a program may take to do anything about Ctrl-C.
#[cfg(unix)]
const REACTION_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a program that is ended may take to be gone. One that has become root (sudo, setuid) cannot be ended by an ordinary
/// user: it is left behind then, since a test that waits for it would never end.
const KILL_TIMEOUT: Duration = Duration::from_secs(2);

/// How many bytes of each stream the text of a [`Timeout`] shows.
const EXCERPT_LEN: usize = 64 * 1024;

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
    patience: Option<Patience>,
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

    /// Starts `command` with a terminal as its standard output, where the system has one to give: else with a pipe.
    pub(super) fn start_at_terminal(mut command: Command) -> io::Result<Self> {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let terminal = give_terminal(&mut command);
        let mut program = Self::spawn(command, terminal)?;
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
            patience: None,
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
    /// last as long as [`TIME_LIMIT`].
    pub(super) fn under(mut self, under_test: CommandUnderTest, typed: String, patience: Patience) -> Self {
        (self.under_test, self.command, self.patience) = (Some(under_test), typed, Some(patience));
        self
    }

    /// The command under test, if it is one.
    pub(super) fn under_test(&self) -> Option<&CommandUnderTest> {
        self.under_test.as_ref()
    }

    /// How it was started.
    pub(super) fn command(&self) -> &str {
        &self.command
    }

    /// The process's number.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
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
        let taken = self.wait(|left| match written.recv_timeout(left) {
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
    #[must_use]
    pub fn errors(&self) -> String {
        self.output.look(|output| output.stderr.seen())
    }

    /// What stands on its screen: the beginning of standard output, without colours, and with line breaks as on Unix. If it is judged as
    /// a program at a terminal, below that the same of standard error, where it may log its lines. Indented lines of standard error
    /// are left out: interpreters show lines of the source so.
    #[must_use]
    pub fn screen(&self) -> String {
        self.output.look(self.screen)
    }

    /// Waits until `enough` says so of its [screen](Program::screen), and gives all of it up to then.
    pub fn wait_for_screen(&self, what: &str, enough: impl Fn(&str) -> bool) -> Result<String, Timeout> {
        self.wait_for(what, |output| ((self.screen)(output), output.has_ended()), enough)
    }

    /// Waits until standard output holds `text`, and gives all of it up to then.
    pub fn wait_for_stdout(&self, text: &str) -> Result<String, Timeout> {
        self.wait_for_stdout_until(&format!("{text:?} on standard output"), |all| all.contains(text))
    }

    /// Waits until standard error holds `text`, and gives all of it up to then.
    pub fn wait_for_stderr(&self, text: &str) -> Result<String, Timeout> {
        let what = format!("{text:?} on standard error");
        self.wait_for(&what, |output| (output.stderr.text(), output.stderr.ended), |all| all.contains(text))
    }

    /// Waits until `enough` says so of standard output, and gives all of it up to then. `what` describes it for [`Timeout`].
    pub fn wait_for_stdout_until(&self, what: &str, enough: impl Fn(&str) -> bool) -> Result<String, Timeout> {
        self.wait_for(what, |output| (output.stdout.text(), output.stdout.ended), enough)
    }

    /// Waits for the program to end by itself. What it started and left behind is ended then.
    pub fn wait_for_end(&mut self) -> Result<ExitStatus, Timeout> {
        if let Some(status) = self.ended {
            return Ok(status);
        }
        let patience = self.patience.clone();
        let ended = wait(patience.as_ref(), |left| self.child.wait_timeout(left).transpose());
        self.all_until(ended.and_then(Result::ok))
    }

    /// What it has shown up to its end, if that has come.
    fn all_until(&mut self, ended: Option<ExitStatus>) -> Result<ExitStatus, Timeout> {
        let Some(status) = ended else { return Err(self.timeout("its end")) };
        self.note_end(status);
        self.wait(|left| self.output.wait(left, |output| output.has_ended().then_some(())));
        Ok(status)
    }

    /// Waits until it has ended, or shows nothing more for a moment: one that has done all that it should may stay.
    pub fn wait_for_rest(&mut self) {
        let begin = Instant::now();
        while !self.has_ended() && begin.elapsed() < REST_TIMEOUT {
            let before = self.output_len();
            let has_changed = |output: &Output| output.len() != before || output.has_ended();
            let more = stretched(QUIET_TIME, |left| self.output.wait(left, |output| has_changed(output).then_some(())));
            if more.is_none() || self.output.look(Output::has_ended) {
                let _ = self.child.wait_timeout(QUIET_TIME);
                return;
            }
        }
    }

    /// Whether it has ended, and all that it started too as far as one can see: nobody holds its standard output and standard
    /// error any more. Nothing more is to be expected of it then.
    pub fn has_ended(&mut self) -> bool {
        let Ok(Some(status)) = self.child.try_wait() else { return false };
        let is_silent = self.output.look(Output::has_ended);
        if is_silent {
            self.note_end(status);
        }
        is_silent
    }

    /// Ends what it has left behind, once: later the number of its group may be somebody else's.
    fn note_end(&mut self, status: ExitStatus) {
        if self.ended.replace(status).is_none() {
            group::end(&mut self.child);
        }
    }

    /// Presses Ctrl-C: sends SIGINT to the program and all that it started.
    #[cfg(unix)]
    pub fn interrupt(&self) -> io::Result<()> {
        group::interrupt(&self.child)
    }

    /// Presses Ctrl-C as a person does, and waits for the end: presses it once more if for a while nothing comes of it.
    ///
    /// Interpreters may miss one. A signal that comes after their last look for signals, and just before a system call that waits,
    /// is noticed only when that call returns: Python's `accept`, while another thread has just let a client go.
    #[cfg(unix)]
    pub fn interrupt_until_it_ends(&mut self) -> Result<ExitStatus, Timeout> {
        // However long it has been waited for before: a program that does not answer must not look like one that goes on.
        let before = self.output_len();
        let _ = self.interrupt();
        let mut ended = stretched(REACTION_TIMEOUT, |left| self.child.wait_timeout(left).transpose());
        if ended.is_none() {
            if self.output_len() == before {
                let _ = self.interrupt();
            }
            ended = stretched(REACTION_TIMEOUT, |left| self.child.wait_timeout(left).transpose());
        }
        self.all_until(ended.and_then(Result::ok))
    }

    /// How many bytes it has written up to now.
    fn output_len(&self) -> usize {
        self.output.look(Output::len)
    }

    /// Waits until `enough` says so of what `look` sees, which also says whether that is all.
    fn wait_for(
        &self,
        what: &str,
        look: impl Fn(&Output) -> (String, bool),
        enough: impl Fn(&str) -> bool,
    ) -> Result<String, Timeout> {
        let start = Instant::now();
        let found = self.wait(|left| {
            self.output.wait(left, |output| {
                let (text, is_all) = look(output);
                let enough = enough(&text);
                (enough || is_all).then_some((enough, text))
            })
        });
        match found {
            Some((true, text)) => Ok(text),
            _ => Err(self.timeout(&format!("{what} (after {:.1} s)", start.elapsed().as_secs_f64()))),
        }
    }

    fn wait<T>(&self, look: impl FnMut(Duration) -> Option<T>) -> Option<T> {
        wait(self.patience.as_ref(), look)
    }

    /// Waits a moment for what it says, if it is about to end: the reason of a failure may still be on its way here. One that hangs has
    /// nothing to say.
    pub(super) fn wait_for_last_words(&self) {
        let hangs = self.patience.as_ref().is_some_and(Patience::knows_that_it_hangs);
        let limit = if hangs { HANGING_TIMEOUT } else { LAST_WORDS_TIMEOUT };
        self.output.wait(limit, |output| output.stderr.ended.then_some(()));
    }

    /// Whether all the time is used up that the tests of it have.
    pub(super) fn has_used_up_its_time(&self) -> bool {
        self.patience.as_ref().is_some_and(|patience| patience.left().is_zero())
    }

    fn timeout(&self, what: &str) -> Timeout {
        self.wait_for_last_words();
        Timeout::new(format_args!(
            "waited in vain for {what}\n  program: {}\n  stdout:  {}\n  stderr:  {}",
            self.command,
            beginning(&self.stdout()),
            beginning(&self.stderr()),
        ))
    }
}

/// Makes a terminal the standard output of the command, where the system has one to give: what is shown on it.
#[cfg(unix)]
fn give_terminal(command: &mut Command) -> Option<File> {
    let (screen, output) = pseudo_terminal::open().ok()?;
    command.stdout(output);
    Some(screen)
}

/// Elsewhere there is none.
#[cfg(not(unix))]
fn give_terminal(_: &mut Command) -> Option<File> {
    None
}

/// Waits with this patience, or for [`TIME_LIMIT`].
fn wait<T>(patience: Option<&Patience>, mut look: impl FnMut(Duration) -> Option<T>) -> Option<T> {
    match patience {
        Some(patience) => patience.wait(look),
        None => look(TIME_LIMIT),
    }
}

/// The beginning of what a program wrote: to make all of a flood safe to show takes seconds.
fn beginning(output: &str) -> String {
    let kept = &output.as_bytes()[..output.len().min(EXCERPT_LEN)];
    let more = if kept.len() < output.len() { " … and more" } else { "" };
    text::escape_multiline(kept) + more
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.ended.is_none() {
            group::end(&mut self.child);
            let _ = self.child.wait_timeout(KILL_TIMEOUT);
        }
        group::forget(&self.child);
    }
}
