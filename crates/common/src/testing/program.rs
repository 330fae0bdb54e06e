//! Any program, started, watched, and ended for certain.

use super::captured::{Output, capture};
#[cfg(unix)]
use super::pseudo_terminal;
use super::watch::Watch;
use super::{CommandUnderTest, Deadline, TIME_LIMIT, Timeout, group};
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
    deadline: Option<Deadline>,
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
        let mut terminal = None;
        #[cfg(unix)]
        if let Ok((screen, output)) = pseudo_terminal::open() {
            command.stdout(output);
            terminal = Some(screen);
        }
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
            deadline: None,
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

    /// Lets the waits for it end at the deadline, all together. Without one each of them may last as long as [`TIME_LIMIT`].
    #[must_use]
    pub fn with_deadline(mut self, deadline: Deadline) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Says which command it is: how one types it, and what is under test.
    pub(super) fn known_as(mut self, typed: String, under_test: CommandUnderTest) -> Self {
        (self.command, self.under_test) = (typed, Some(under_test));
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
        match writing.map(|_| written.recv_timeout(self.patience())) {
            Ok(Ok(Ok(stdin))) => {
                self.stdin = Some(stdin);
                Ok(())
            }
            _ => Err(self.timeout(&what)),
        }
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
        let ended = self.child.wait_timeout(self.patience());
        match ended {
            Ok(Some(status)) => {
                self.note_end(status);
                self.output.wait(self.patience(), |output| output.has_ended().then_some(()));
                Ok(status)
            }
            _ => Err(self.timeout("its end")),
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
        // However much time the test has used up before: a program that does not answer must not look like one that goes on.
        self.deadline = self.deadline.map(|deadline| deadline.at_least(2 * REACTION_TIMEOUT));
        let before = self.output_len();
        let _ = self.interrupt();
        let ended = self.child.wait_timeout(REACTION_TIMEOUT);
        if matches!(ended, Ok(None)) && self.output_len() == before {
            let _ = self.interrupt();
        }
        self.wait_for_end()
    }

    /// How many bytes it has written up to now.
    #[cfg(unix)]
    fn output_len(&self) -> usize {
        self.output.look(|output| output.stdout.bytes.len() + output.stderr.bytes.len())
    }

    /// Waits until `enough` says so of what `look` sees, which also says whether that is all.
    fn wait_for(
        &self,
        what: &str,
        look: impl Fn(&Output) -> (String, bool),
        enough: impl Fn(&str) -> bool,
    ) -> Result<String, Timeout> {
        let start = Instant::now();
        let found = self.output.wait(self.patience(), |output| {
            let (text, is_all) = look(output);
            let enough = enough(&text);
            (enough || is_all).then_some((enough, text))
        });
        match found {
            Some((true, text)) => Ok(text),
            _ => Err(self.timeout(&format!("{what} (after {:.1} s)", start.elapsed().as_secs_f64()))),
        }
    }

    /// How long a wait may last now.
    fn patience(&self) -> Duration {
        self.deadline.map_or(TIME_LIMIT, Deadline::left)
    }

    /// Waits a moment for what it says, if it is about to end: the reason of a failure may still be on its way here.
    pub(super) fn wait_for_last_words(&self) {
        self.output.wait(LAST_WORDS_TIMEOUT, |output| output.stderr.ended.then_some(()));
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
