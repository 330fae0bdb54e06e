//! Waiting for what a program shows and for its end, always with a deadline.

use super::Program;
use crate::testing::captured::Output;
use crate::testing::patience::stretched;
use crate::testing::{Timeout, group};
use crate::text;
use std::process::ExitStatus;
use std::time::{Duration, Instant};
use wait_timeout::ChildExt as _;

/// How long the reason of a failure is waited for. Only a test that fails anyway waits.
const LAST_WORDS_TIMEOUT: Duration = Duration::from_millis(500);

/// The same of one that hangs.
const HANGING_TIMEOUT: Duration = Duration::from_millis(50);

/// How long a program is silent that has shown all, as a rule.
const QUIET_TIME: Duration = Duration::from_millis(500);

/// How long a screen is waited for that does not stand still.
const STANDSTILL_TIMEOUT: Duration = Duration::from_secs(2);

/// How long a program may take to do anything about Ctrl-C.
#[cfg(unix)]
const REACTION_TIMEOUT: Duration = Duration::from_secs(2);

/// How many bytes of each stream the text of a [`Timeout`] shows.
const EXCERPT_LEN: usize = 64 * 1024;

impl Program {
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

    /// Waits until `enough` says so of what `look` sees, which also says whether that is all.
    fn wait_for(
        &self,
        what: &str,
        look: impl Fn(&Output) -> (String, bool),
        enough: impl Fn(&str) -> bool,
    ) -> Result<String, Timeout> {
        let start = Instant::now();
        let found = self.patience.wait(|left| {
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

    /// Waits until it has ended, or shows nothing more for a moment: one that has done all that it should may stay.
    pub fn wait_for_rest(&mut self) {
        self.wait_for_standstill(QUIET_TIME, |_| true);
    }

    /// Waits until `is_all` says so of its screen and nothing follows for so long, or until it has ended. A screen that never comes to
    /// that is waited for about two seconds.
    pub fn wait_for_standstill(&mut self, quiet_time: Duration, is_all: impl Fn(&str) -> bool) {
        stretched(STANDSTILL_TIMEOUT, |_| {
            let before = self.output_len();
            let has_changed = |output: &Output| output.len() != before || output.has_ended();
            let more = stretched(quiet_time, |left| self.output.wait(left, |output| has_changed(output).then_some(())));
            if self.output.look(Output::has_ended) {
                let _ = self.child.wait_timeout(quiet_time);
                return Some(());
            }
            (more.is_none() && is_all(&self.screen())).then_some(())
        });
    }

    /// How many bytes it has written up to now.
    fn output_len(&self) -> usize {
        self.output.look(Output::len)
    }

    /// Waits for the program to end by itself. What it started and left behind is ended then.
    pub fn wait_for_end(&mut self) -> Result<ExitStatus, Timeout> {
        if let Some(status) = self.ended {
            return Ok(status);
        }
        let ended = self.patience.wait(|left| self.child.wait_timeout(left).transpose());
        self.all_until(ended.and_then(Result::ok))
    }

    /// Presses Ctrl-C as a person does, and waits for the end: presses it once more if for a while nothing comes of it.
    ///
    /// Interpreters may miss one. A signal that comes after their last look for signals, and just before a system call that waits,
    /// is noticed only when that call returns: Python's `accept`, while another thread has just let a client go.
    #[cfg(unix)]
    pub fn interrupt_until_it_ends(&mut self) -> Result<ExitStatus, Timeout> {
        // However long it has been waited for before: a program that does not answer must not look like one that goes on. Half as long is
        // enough there.
        let limit = REACTION_TIMEOUT / if self.patience.knows_that_it_hangs() { 2 } else { 1 };
        let before = self.output_len();
        let _ = self.interrupt();
        let mut ended = stretched(limit, |left| self.child.wait_timeout(left).transpose());
        if ended.is_none() {
            if self.output_len() == before {
                let _ = self.interrupt();
            }
            ended = stretched(limit, |left| self.child.wait_timeout(left).transpose());
        }
        self.all_until(ended.and_then(Result::ok))
    }

    /// Waits for what it has shown up to its end, if that has come.
    fn all_until(&mut self, ended: Option<ExitStatus>) -> Result<ExitStatus, Timeout> {
        let Some(status) = ended else { return Err(self.timeout("its end")) };
        self.note_end(status);
        self.patience.wait(|left| self.output.wait(left, |output| output.has_ended().then_some(())));
        Ok(status)
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

    /// Waits a moment for what it says, if it is about to end: the reason of a failure may still be on its way here. One that hangs has
    /// nothing to say.
    pub(in crate::testing) fn wait_for_last_words(&self) {
        let limit = if self.patience.knows_that_it_hangs() { HANGING_TIMEOUT } else { LAST_WORDS_TIMEOUT };
        self.output.wait(limit, |output| output.stderr.ended.then_some(()));
    }

    pub(super) fn timeout(&self, what: &str) -> Timeout {
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
