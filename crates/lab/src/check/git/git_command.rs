//! Git, run in a folder that may be a stranger's.
//!
//! Its configuration may name programs that git would start: a file system monitor, hooks, filters, the way to a remote
//! repository. None is started, nothing is written, and no network is touched.

use super::bounded_command;
use super::config::Config;
use super::questions::GitFile;
use handin::item::excerpt;
use handin::student_folder::StudentFolder;
use std::env;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Settings that hold whatever the repository's own say: git-config(1).
const SETTINGS: &[&str] = &[
    // Programs: a monitor of changed files, hooks, the way to a remote repository.
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.sshCommand=false",
    // No way to a remote repository at all: a partial clone would fetch what is missing.
    "protocol.allow=never",
    // A submodule has a configuration of its own.
    "submodule.recurse=false",
];

/// Git's variables that stay, or how they begin: those of the computer, not of another repository.
const KEPT: &[&str] = &["GIT_CONFIG_", "GIT_EXEC_PATH", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_TEST_"];

/// Why nothing is known.
pub enum Failure {
    NoGit,
    NoRepository,
    /// The repository is another user's; the folder that git names.
    Dubious(String),
    /// It would not be safe to run git again; why.
    Refused(String),
    /// Anything else, in words.
    Other(String),
}

pub struct Git {
    pub folder: PathBuf,
    settings: Vec<String>,
    /// The way from the top of the repository to the folder.
    pub prefix: PathBuf,
    pub config: Config,
    pub paths: Vec<PathBuf>,
}

impl Git {
    /// Finds the repository, which may begin above the folder.
    pub fn open(folder: &StudentFolder) -> Result<Self, Failure> {
        let settings = SETTINGS.iter().map(ToString::to_string).collect();
        let mut git = Self {
            folder: folder.real.clone(),
            settings,
            prefix: PathBuf::new(),
            config: Config::default(),
            paths: Vec::new(),
        };
        (git.paths, git.prefix) = git.find_paths()?;
        git.turn_filters_off()?;
        Ok(git)
    }

    /// Where git keeps what is its own, which in linked worktrees is elsewhere than in `.git`; and the way from the top of the
    /// repository's files to the folder, which is among them.
    fn find_paths(&self) -> Result<(Vec<PathBuf>, PathBuf), Failure> {
        let files = GitFile::NAMES.iter().flat_map(|name| ["--git-path", name]);
        let folder = ["--is-inside-work-tree", "--is-bare-repository", "--is-inside-git-dir", "--show-prefix"];
        let output = self.run(&["rev-parse"].into_iter().chain(files).chain(folder).collect::<Vec<_>>())?;
        let answers = output.splitn(GitFile::NAMES.len() + folder.len(), '\n');
        let answers: Vec<&str> = answers.map(|line| line.trim_end_matches(['\n', '\r'])).collect();
        let (paths, folder) = answers.split_at_checked(GitFile::NAMES.len()).unwrap_or_default();
        match folder {
            ["true", _, _, prefix] => Ok((paths.iter().map(PathBuf::from).collect(), PathBuf::from(prefix))),
            ["false", "false", "false", _] => {
                Err(Failure::Refused("its configuration names another folder (core.worktree)".to_string()))
            }
            ["false", ..] => Err(Failure::NoRepository),
            _ => Err(Failure::Refused("its path has a line break".to_string())),
        }
    }

    /// Filters are programs through which `git status` sends a file that may have changed: gitattributes(5).
    fn turn_filters_off(&mut self) -> Result<(), Failure> {
        let output = self.run(&["config", "--list", "-z"]).map_err(|failure| match failure {
            Failure::Other(why) => Failure::Refused(format!("its configuration is not known: {why}")),
            other => other,
        })?;
        self.config = Config::parse(&output);
        let filters = self.config.filters();
        // Such a name cannot be set on the command line, and nobody has it for a good reason.
        if let Some(filter) = filters.iter().find(|filter| filter.contains(['=', '\u{FFFD}'])) {
            return Err(Failure::Refused(format!("its configuration calls a filter {}", excerpt(filter))));
        }
        for filter in filters {
            for setting in ["clean=", "smudge=", "process=", "required=false"] {
                self.settings.push(format!("filter.{filter}.{setting}"));
            }
        }
        Ok(())
    }

    /// What git writes to standard output.
    pub fn run(&self, arguments: &[&str]) -> Result<String, Failure> {
        match bounded_command::output(&mut self.command(arguments)) {
            Ok(output) if output.status.success() => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            Ok(output) => Err(self.failure(&String::from_utf8_lossy(&output.stderr))),
            Err(e) if e.kind() == ErrorKind::NotFound => Err(Failure::NoGit),
            Err(e) => Err(Failure::Other(e.to_string())),
        }
    }

    fn failure(&self, stderr: &str) -> Failure {
        // Warnings may come before it.
        let fatal = stderr.lines().find_map(|line| line.strip_prefix("fatal: "));
        let first = fatal.or(stderr.lines().next()).unwrap_or("nothing");
        if first.starts_with("detected dubious ownership") {
            let quoted = first.split_once('\'').and_then(|(_, rest)| rest.rsplit_once('\''));
            // A star would be every folder of this computer.
            let named = quoted.map(|(folder, _)| folder.to_string()).filter(|folder| !folder.contains('*'));
            return Failure::Dubious(named.unwrap_or_else(|| self.folder.to_string_lossy().into_owned()));
        }
        let none = ["not a git repository", "this operation must be run in a work tree"];
        if none.iter().any(|error| first.starts_with(error)) {
            return Failure::NoRepository;
        }
        Failure::Other(excerpt(first))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(["--no-pager", "--literal-pathspecs"]);
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        command.arg("-C").arg(&self.folder).args(arguments).stdin(Stdio::null());
        // A hook's name another repository, and GIT_CONFIG hides filters from `git config` alone: githooks(5), git-config(1).
        let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        for name in names.filter(|name| name.starts_with("GIT_") && !KEPT.iter().any(|kept| name.starts_with(kept))) {
            command.env_remove(name);
        }
        // No question, no lock, no server that has what a partial clone left there, no protocol at all, errors to be read here; and
        // no object in the place of another one, nor another parent, which no clone would have.
        let fixed = [
            "GIT_TERMINAL_PROMPT=0",
            "GIT_OPTIONAL_LOCKS=0",
            "GIT_NO_LAZY_FETCH=1",
            "GIT_ALLOW_PROTOCOL=none",
            "GIT_NO_REPLACE_OBJECTS=1",
            "GIT_GRAFT_FILE=",
        ];
        command
            .envs(fixed.into_iter().chain(["LC_ALL=C", "LANGUAGE=C"]).filter_map(|variable| variable.split_once('=')));
        command
    }
}
