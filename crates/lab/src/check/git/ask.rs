//! Asking git, of a repository that may be a stranger's.
//!
//! Its configuration may name programs that git would start: a file system monitor, hooks, filters, the way to a remote
//! repository. None is started, nothing is written, and no network is touched.

use super::super::work::Work;
use super::answer::Answer;
use super::status::Status;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Settings that hold whatever the repository's own say: git-config(1).
const SETTINGS: &[&str] = &[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.sshCommand=false",
    "core.quotePath=false",
    "protocol.allow=never",
    "submodule.recurse=false",
    "status.showUntrackedFiles=normal",
];

/// What another program, a hook say, has set for a repository of its own: `git rev-parse --local-env-vars`, and githooks(5).
const OF_ANOTHER: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_GRAFT_FILE",
    "GIT_SHALLOW_FILE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_REPLACE_REF_BASE",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    // Only `git config` heeds it, which would then know of no filter.
    "GIT_CONFIG",
    "GIT_EXTERNAL_DIFF",
    "GIT_CEILING_DIRECTORIES",
];

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    NoGit,
    NoRepository,
    /// The repository is another user's; the folder that git names.
    Dubious(String),
    Slow,
    /// More than is read; of a part of it nothing certain can be told.
    TooLong,
    /// It would not be safe to ask more; why.
    Refused(String),
    /// Anything else: git's own first line.
    Said(String),
}

/// Git in the student's folder.
pub struct Git {
    folder: PathBuf,
    settings: Vec<String>,
    /// The way from the top of the repository to the folder.
    prefix: PathBuf,
}

impl Git {
    /// Finds the repository, which may begin above the folder.
    pub fn open(work: &Work) -> Result<Self, Failure> {
        let settings = SETTINGS.iter().map(ToString::to_string).collect();
        let mut git = Self { folder: work.real(Path::new("")), settings, prefix: PathBuf::new() };
        git.prefix = git.find_prefix()?;
        git.turn_filters_off()?;
        Ok(git)
    }

    /// The way from the top of the repository's files to the folder, which is among them.
    fn find_prefix(&self) -> Result<PathBuf, Failure> {
        let asked = ["--is-inside-work-tree", "--is-bare-repository", "--is-inside-git-dir", "--show-prefix"];
        let said = self.ask(&[&["rev-parse"], asked.as_slice()].concat())?;
        let lines: Vec<&str> = said.splitn(4, '\n').map(|line| line.trim_end_matches(['\n', '\r'])).collect();
        match lines[..] {
            ["true", _, _, prefix] => Ok(PathBuf::from(prefix)),
            ["false", "false", "false", _] => {
                let why = "its configuration names another folder (core.worktree)";
                Err(Failure::Refused(why.to_string()))
            }
            _ => Err(Failure::NoRepository),
        }
    }

    /// What is checked out, and what of the folder is changed. The upstream is one of a remote repository.
    pub fn status(&self) -> Result<Status, Failure> {
        let said = self.ask(&[
            "status",
            "--porcelain=v2",
            "--branch",
            "-z",
            "--untracked-files=normal",
            "--ignore-submodules=all",
            "--no-renames",
            "--",
            ".",
        ])?;
        let mut status = Status::parse(&said, &self.prefix);
        if !self.follows_a_remote(&status)? {
            status.upstream = None;
        }
        Ok(status)
    }

    /// Whether the branch's upstream is a remote repository's, and not another branch of this one.
    fn follows_a_remote(&self, status: &Status) -> Result<bool, Failure> {
        let (Some(branch), Some(_)) = (&status.branch, &status.upstream) else { return Ok(false) };
        let said = self.ask(&["for-each-ref", "--format=%(upstream)", &format!("refs/heads/{branch}")])?;
        Ok(said.starts_with("refs/remotes/"))
    }

    /// Those of the files that git knows.
    pub fn tracked(&self, parts: &[(PathBuf, PathBuf)]) -> Result<Vec<PathBuf>, Failure> {
        if parts.is_empty() {
            return Ok(Vec::new());
        }
        let files: Vec<String> = parts.iter().map(|(file, _)| file.to_string_lossy().into_owned()).collect();
        let mut arguments = vec!["ls-files", "-z", "--"];
        arguments.extend(files.iter().map(String::as_str));
        Ok(self.ask(&arguments)?.split('\0').map(PathBuf::from).collect())
    }

    /// The names of the remote repositories, without those that nobody should type: a stranger's configuration may name one like an
    /// option or an address of a program.
    pub fn remotes(&self) -> Result<Vec<String>, Failure> {
        Ok(self.ask(&["remote"])?.lines().filter(|name| is_safe(name)).map(str::to_string).collect())
    }

    /// Whether what is checked out is on a branch of a remote repository, as it was when this computer last heard of it.
    pub fn is_pushed(&self) -> Result<bool, Failure> {
        let said =
            self.ask(&["for-each-ref", "--count=1", "--contains=HEAD", "--format=%(refname)", "refs/remotes"])?;
        Ok(!said.trim().is_empty())
    }

    /// Filters are programs through which `git status` sends a file that may have changed: gitattributes(5).
    fn turn_filters_off(&mut self) -> Result<(), Failure> {
        let said = self.ask(&["config", "--list", "--name-only", "-z"]).map_err(|failure| match failure {
            Failure::TooLong => Failure::Refused("its configuration has more than 4 MiB".to_string()),
            other => other,
        })?;
        let mut filters: Vec<&str> =
            said.split('\0').filter_map(|name| Some(name.strip_prefix("filter.")?.rsplit_once('.')?.0)).collect();
        filters.sort_unstable();
        filters.dedup();
        // Such names cannot be set on the command line, and nobody has them for a good reason.
        for (part, why) in [("=", "= in its name"), ("\u{FFFD}", "a name that is not UTF-8")] {
            if filters.iter().any(|filter| filter.contains(part)) {
                return Err(Failure::Refused(format!("a filter of the configuration has {why}")));
            }
        }
        for filter in filters {
            for setting in ["clean=", "smudge=", "process=", "required=false"] {
                self.settings.push(format!("filter.{filter}.{setting}"));
            }
        }
        Ok(())
    }

    /// What git says on standard output.
    fn ask(&self, arguments: &[&str]) -> Result<String, Failure> {
        match Answer::of(&mut self.command(arguments)) {
            Ok(Answer::Said(said)) => Ok(said),
            Ok(Answer::Failed(said)) => Err(self.failure(&said)),
            Ok(Answer::Slow) => Err(Failure::Slow),
            Ok(Answer::TooLong) => Err(Failure::TooLong),
            Ok(Answer::NotFound) => Err(Failure::NoGit),
            Err(e) => Err(Failure::Said(e.to_string())),
        }
    }

    fn failure(&self, said: &str) -> Failure {
        // Warnings may come before it.
        let fatal = said.lines().find_map(|line| line.strip_prefix("fatal: "));
        let first = fatal.or(said.lines().next()).unwrap_or("nothing");
        let begins = |sentence: &str| first.starts_with(sentence);
        if begins("detected dubious ownership") {
            let quoted = first.split_once('\'').and_then(|(_, rest)| rest.rsplit_once('\''));
            // A star would be every folder of this computer.
            let named = quoted.map(|(folder, _)| folder).filter(|folder| !folder.contains('*'));
            Failure::Dubious(named.map_or_else(|| self.own_folder(), str::to_string))
        } else if begins("not a git repository") || begins("this operation must be run in a work tree") {
            Failure::NoRepository
        } else {
            Failure::Said(first.to_string())
        }
    }

    /// The folder as git writes one: with `/`, and none at its end.
    fn own_folder(&self) -> String {
        let folder: PathBuf = self.folder.components().collect();
        let folder = folder.to_string_lossy();
        if cfg!(windows) { folder.trim_start_matches(r"\\?\").replace('\\', "/") } else { folder.into_owned() }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(["--no-pager", "--literal-pathspecs"]);
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        command.arg("-C").arg(&self.folder).args(arguments).stdin(Stdio::null());
        for name in OF_ANOTHER {
            command.env_remove(name);
        }
        command
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_OPTIONAL_LOCKS", "0")
            // What a partial clone has left on the server stays there, and no protocol is allowed at all.
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "none")
            // Its errors are read here.
            .env("LC_ALL", "C")
            .env("LANGUAGE", "C");
        command
    }
}

/// Whether a name may stand in a command, and is nothing but a name there.
pub fn is_safe(name: &str) -> bool {
    let is_plain = |character: char| character.is_alphanumeric() || "-_./".contains(character);
    !name.is_empty() && !name.starts_with('-') && name.chars().all(is_plain)
}
