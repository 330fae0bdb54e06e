//! What git is asked.

use super::git_command::{Failure, Git};
use super::status::Status;
use super::tracked::Tracked;
use handin::shell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Of how many files git is asked at once.
const FILES_ASKED: usize = 100;

/// What git has in a folder of its own: gitrepository-layout(5), and wt-status.c for what is in no page.
#[derive(Clone, Copy)]
pub enum GitFile {
    Lock,
    Shallow,
    MergeHead,
    CherryPickHead,
    RevertHead,
    Todo,
    RebaseMerge,
    RebaseMessage,
    RebaseApply,
    Applying,
    BisectLog,
}

impl GitFile {
    /// In the same order.
    pub const NAMES: [&str; 11] = [
        "index.lock",
        "shallow",
        "MERGE_HEAD",
        "CHERRY_PICK_HEAD",
        "REVERT_HEAD",
        "sequencer/todo",
        "rebase-merge",
        "rebase-merge/message",
        "rebase-apply",
        "rebase-apply/applying",
        "BISECT_LOG",
    ];
}

impl Git {
    /// What is checked out, and what of the folder is changed.
    pub fn status(&self) -> Result<Status, Failure> {
        let files = ["--untracked-files=normal", "--ignored=matching", "--ignore-submodules=all", "--no-renames"];
        let format = ["status", "--porcelain=v2", "--branch", "-z"];
        Ok(Status::parse(&self.run(&[&format, files.as_slice(), &["--", "."]].concat())?, &self.prefix))
    }

    pub fn tracked(&self) -> Result<Tracked, Failure> {
        Ok(Tracked::parse(&self.run(&["ls-files", "-s", "-v", "-z"])?))
    }

    pub fn has(&self, file: GitFile) -> bool {
        fs::symlink_metadata(self.path(file)).is_ok()
    }

    pub fn path(&self, file: GitFile) -> PathBuf {
        self.folder.join(&self.paths[file as usize])
    }

    /// Some repositories keep it in no file: gitformat-reftable(5).
    pub fn has_reference(&self, file: GitFile) -> bool {
        let is_elsewhere = self.config.get("extensions.refstorage").is_some();
        let name = GitFile::NAMES[file as usize];
        self.has(file) || (is_elsewhere && self.run(&["rev-parse", "--quiet", "--verify", name]).is_ok())
    }

    /// The files of the whole repository that have a conflict, with the way to them from the folder.
    pub fn unmerged(&self) -> Result<Vec<PathBuf>, Failure> {
        let output = self.at_the_top(&["ls-files", "-u", "-z"])?;
        let mut files: Vec<PathBuf> = output
            .split('\0')
            .filter_map(|entry| entry.split_once('\t'))
            .map(|(_, path)| self.seen_from_here(path))
            .collect();
        files.dedup();
        Ok(files)
    }

    /// Whether anything of the whole repository is added and not committed.
    pub fn has_added(&self) -> bool {
        // Before the first commit all is new.
        self.run(&["diff-index", "--cached", "--name-only", "HEAD"]).map_or(true, |files| !files.is_empty())
    }

    /// Whether a file of the whole repository is changed and not added.
    pub fn has_changed(&self) -> Result<bool, Failure> {
        Ok(!self.run(&["diff", "--no-ext-diff", "--no-textconv", "--ignore-submodules", "--name-only"])?.is_empty())
    }

    fn at_the_top(&self, arguments: &[&str]) -> Result<String, Failure> {
        let up = "../".repeat(self.prefix.components().count());
        let top = if up.is_empty() { "." } else { &up };
        self.run(&[&["-C", top], arguments].concat())
    }

    fn seen_from_here(&self, path: &str) -> PathBuf {
        let own = Path::new(path).strip_prefix(&self.prefix).map(Path::to_path_buf);
        own.unwrap_or_else(|_| self.prefix.components().map(|_| Path::new("..")).chain([Path::new(path)]).collect())
    }

    /// The objects in whose place git shows others, on this computer only: git-replace(1).
    pub fn replaced(&self) -> Result<Vec<String>, Failure> {
        let output = self.run(&["for-each-ref", "--format=%(refname:lstrip=2)", "refs/replace/"])?;
        Ok(output.lines().map(str::to_string).collect())
    }

    /// How many commits only the first one has, and how many only the second one.
    pub fn ahead_and_behind(&self, commit: &str, other: &str) -> Result<(usize, usize), Failure> {
        let output = self.run(&["rev-list", "--left-right", "--count", &format!("{commit}...{other}")])?;
        let mut numbers = output.split_whitespace().map(str::parse);
        match (numbers.next(), numbers.next()) {
            (Some(Ok(ahead)), Some(Ok(behind))) => Ok((ahead, behind)),
            _ => Err(Failure::Other("the commits could not be counted".to_string())),
        }
    }

    /// Which of these files or folders another commit has in another form than they have been added here.
    pub fn different_in(&self, commit: &str, paths: &[&Path]) -> Result<Vec<PathBuf>, Failure> {
        let output = self.about(&["diff-index", "--cached", "--name-only", "--relative", "-z", commit, "--"], paths)?;
        Ok(output.split('\0').filter(|path| !path.is_empty()).map(PathBuf::from).collect())
    }

    /// The answers about some files, one behind the other: on Windows a command is not longer than 32 thousand characters.
    fn about(&self, question: &[&str], files: &[&Path]) -> Result<String, Failure> {
        let mut answers = String::new();
        for files in files.chunks(FILES_ASKED) {
            let files: Vec<String> = files.iter().map(|file| shell::slashes(file)).collect();
            let files = files.iter().map(|file| if file.is_empty() { "." } else { file });
            answers += &self.run(&question.iter().copied().chain(files).collect::<Vec<_>>())?;
        }
        Ok(answers)
    }

    /// Those of the files that go through a filter on their way into git, with its name. None is started here, so what git would
    /// make of them is not known.
    pub fn filtered<'a>(&self, files: &[&'a Path]) -> Result<Vec<(&'a Path, String)>, Failure> {
        let filters = self.config.filters();
        if filters.is_empty() || files.is_empty() {
            return Ok(Vec::new());
        }
        let output = self.about(&["check-attr", "-z", "filter", "--"], files)?;
        let values = output.split('\0').skip(2).step_by(3).map(str::to_string);
        Ok(files.iter().copied().zip(values).filter(|(_, filter)| filters.contains(filter)).collect())
    }

    /// Of these files those that have neither another length nor another time than when git last read or wrote them.
    pub fn untouched<'a>(&self, files: &[&'a Path]) -> Result<Vec<&'a Path>, Failure> {
        let output = self.about(&["ls-files", "--debug", "-z", "--"], files)?;
        let seen = seen(&output);
        let is_same = |file: &&&Path| {
            let stat = fs::metadata(self.folder.join(file)).ok();
            let time = stat.as_ref().and_then(|stat| stat.modified().ok()?.duration_since(UNIX_EPOCH).ok());
            let now = stat.zip(time).map(|(stat, time)| (time.as_secs(), time.subsec_nanos(), stat.len()));
            now.is_some() && seen.get(**file) == now.as_ref()
        };
        Ok(files.iter().filter(is_same).copied().collect())
    }
}

/// The time and the length of each file, as git has noted them: `NAME<nul>  ctime: …`, `mtime: SECONDS:NANOSECONDS`, … `size: …`,
/// each on a line, and the next name.
fn seen(output: &str) -> BTreeMap<PathBuf, (u64, u32, u64)> {
    let mut seen = BTreeMap::new();
    let mut name = "";
    for part in output.split('\0') {
        let lines: Vec<&str> = part.splitn(6, '\n').collect();
        let value = |key: &str| {
            let line = lines.iter().find_map(|line| line.trim_start().strip_prefix(key));
            line.and_then(|line| line.split_whitespace().next())
        };
        let time = value("mtime: ").and_then(|time| time.split_once(':'));
        let time = time.and_then(|(seconds, nanos)| Some((seconds.parse().ok()?, nanos.parse().ok()?)));
        let len = value("size: ").and_then(|len| len.parse().ok());
        if let (Some((seconds, nanos)), Some(len)) = (time, len) {
            seen.insert(PathBuf::from(name), (seconds, nanos, len));
        }
        name = lines.last().unwrap_or(&"");
    }
    seen
}
