//! What to do where git says nothing of the folder.

use super::Check;
use super::git_command::Failure;
use common::text::quote_for_shell;
use handin::item::Place;

/// Where git comes from, and the command.
const INSTALL_GIT: (&str, &str) = if cfg!(windows) {
    ("Windows", "winget install --id Git.Git")
} else if cfg!(target_os = "macos") {
    ("macOS", "xcode-select --install")
} else {
    ("Ubuntu", "sudo apt install git")
};

impl Check<'_> {
    pub fn explain(&mut self, failure: Failure) {
        // Else no repository is known.
        self.item.place = if matches!(failure, Failure::Other(_)) { Place::Here } else { Place::Nowhere };
        match failure {
            Failure::NoRepository => self.explain_no_repository(),
            Failure::NoGit => {
                let (system, command) = INSTALL_GIT;
                let why =
                    format!("git is not installed, or not found; get it from https://git-scm.com, or on {system}");
                self.open(&why, command);
            }
            Failure::Dubious(folder) => self.open(
                "the folder belongs to another user, so git does not look into it; if you trust it",
                &format!("git config --global --add safe.directory {}", quote_for_shell(&folder)),
            ),
            // No command of git's: those that are typed start what is switched off here.
            Failure::Refused(why) => {
                self.open(&format!("git is not run any further here: {why}"), "look at .git/config with an editor");
            }
            Failure::Other(why) => {
                self.open(&format!("git failed: {why}; see what it says"), &format!("{} status", self.git));
            }
        }
    }
}
