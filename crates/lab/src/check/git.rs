//! Whether all is committed and pushed, as far as this disk knows it.

mod bounded_command;
mod git_command;
mod status;

use super::item::{Item, State, first_of};
use super::shell;
use super::student_folder::StudentFolder;
use common::text::quote_for_shell;
use git_command::{Failure, Git};
use status::Status;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The last item of the checklist. `items` are those that should be committed.
pub fn check(folder: &StudentFolder, items: &[Item]) -> Item {
    let mut check = Check::new(folder, items);
    if let Err(failure) = Git::open(folder).and_then(|git| check.look(&git)) {
        check.explain(failure);
    }
    check.item
}

/// A file that was judged, and the file or folder that belongs to it.
struct Part {
    file: PathBuf,
    whole: PathBuf,
}

struct Check<'a> {
    item: Item,
    folder: &'a StudentFolder,
    parts: Vec<Part>,
    /// `git`, or `git -C FOLDER` for one who stands somewhere else.
    git: String,
    /// The command that commits all parts.
    commit: String,
}

impl<'a> Check<'a> {
    fn new(folder: &'a StudentFolder, items: &[Item]) -> Self {
        let git = if folder.is_here() { "git".to_string() } else { format!("git -C {}", shell::path(&folder.root)) };
        // One that is begun and need not be there does not have to be committed either.
        let there = items.iter().filter(|item| item.state() != State::Missing).filter_map(|item| item.file.as_ref());
        let files = there.map(|file| folder.without_links(file));
        let parts: Vec<Part> = files.map(|file| Part { whole: whole(folder, &file), file }).collect();
        let session =
            |part: &&Path| folder.sessions.iter().map(PathBuf::as_path).find(|session| part.starts_with(session));
        let mut seen = BTreeSet::new();
        let wholes = parts.iter().map(|part| part.whole.as_path());
        let mut add: Vec<&Path> =
            wholes.map(|part| session(&part).unwrap_or(part)).filter(|path| seen.insert(*path)).collect();
        if add.is_empty() {
            add.push(folder.sessions.first().map_or(Path::new(""), PathBuf::as_path));
        }
        let commit = commit(&git, "add", &add);
        Self { item: Item::new("git", "committed and pushed"), folder, parts, git, commit }
    }

    /// Something to do, with the command for it. The first one is what to type next.
    fn open(&mut self, what: &str, command: &str) {
        self.item.open(None, format!("{what}: {command}"));
        self.item.next.get_or_insert_with(|| command.to_string());
    }

    fn explain(&mut self, failure: Failure) {
        // Else no repository is known.
        self.item.is_there = matches!(failure, Failure::Other(_));
        match failure {
            Failure::NoRepository => self.explain_no_repository(),
            Failure::NoGit => self.open(
                "git is not installed, or not found; get it from https://git-scm.com, or on Ubuntu",
                "sudo apt install git",
            ),
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

    fn explain_no_repository(&mut self) {
        let init = format!("{} init -b main && {}", self.git, self.commit);
        let Some(nested) = self.nested_repository() else {
            return self.open("this folder is not in a git repository", &init);
        };
        let is_for_all = self.folder.sessions.contains(&nested) && !self.folder.has_crates();
        let check = format!("cargo lab check {}", self.folder.typed(&nested));
        let next = if is_for_all { check } else { format!("{} && {init}", self.move_aside(&nested)) };
        self.open(&format!("the git repository is in {}, not in this folder", to_git(&nested)), &next);
    }

    /// A folder of the session, or with a file to hand in, that is a git repository of its own. The one around it sees nothing in it:
    /// `git add` adds only a reference to it, which leads nowhere on GitHub.
    fn nested_repository(&self) -> Option<PathBuf> {
        let of_files = self.parts.iter().flat_map(|part| part.file.ancestors().skip(1));
        let mut folders = self.folder.sessions.iter().map(PathBuf::as_path).chain(of_files);
        let is_one = |path: &Path| fs::symlink_metadata(self.folder.real.join(path).join(".git")).is_ok();
        folders.find(|path| !path.as_os_str().is_empty() && is_one(path)).map(Path::to_path_buf)
    }

    /// The command that puts its `.git` beside the student's folder, with all its history.
    fn move_aside(&self, nested: &Path) -> String {
        let name = nested.file_name().unwrap_or_default().to_string_lossy();
        let aside = self.folder.typed(&Path::new("..").join(format!("{name}.git")));
        format!("mv {} {aside}", self.folder.typed(&nested.join(".git")))
    }

    fn look(&mut self, git: &Git) -> Result<(), Failure> {
        let status = git.status()?;
        if let Some(nested) = self.nested_repository() {
            // Git says nothing of what is in there: all else has to wait. It may be there as a reference already.
            let forget = format!("{} rm -r -q -f --cached --ignore-unmatch {}", self.git, shell::path(&nested));
            let command = format!("{} && {forget} && {}", self.move_aside(&nested), self.commit);
            let nested = to_git(&nested);
            let what = format!("{nested} is a git repository of its own: the one around it has none of its files");
            self.open(&what, &command);
            return Ok(());
        }
        if status.has_commit {
            self.item.is_there = true;
            self.look_for_uncommitted(&status);
        } else {
            self.open("nothing is committed yet", &self.commit.clone());
        }
        let is_pushed = status.has_commit && git.is_pushed()?;
        let remotes = git.remotes()?;
        // It may be another branch of this computer.
        let is_remote = |branch: &&String| remotes.iter().any(|remote| branch.starts_with(&format!("{remote}/")));
        let upstream = status.upstream.as_ref().filter(is_remote);
        self.look_for_unpushed(&status, upstream.and(status.ahead), &remotes, is_pushed);
        if !self.item.is_open() {
            let place = upstream.map_or("the remote repository", String::as_str);
            self.item.ok(format!("all is committed, and pushed to {place}"));
        }
        Ok(())
    }

    fn look_for_uncommitted(&mut self, status: &Status) {
        let is_of = |part: &Part, changed: &Path| changed.starts_with(&part.whole) || part.whole.starts_with(changed);
        let mut seen = BTreeSet::new();
        let mut changed: Vec<&Path> = Vec::new();
        for part in &self.parts {
            let paths = status.changed.iter().filter(|path| is_of(part, path));
            // Of a folder that is new git says no more than its name.
            let paths =
                paths.map(|path| if part.file.starts_with(path) { part.file.as_path() } else { path.as_path() });
            changed.extend(paths.filter(|path| seen.insert(*path)));
        }
        let is_ignored = |file: &&Path| status.ignored.iter().any(|path| file.starts_with(path));
        let ignored: Vec<&Path> = self.parts.iter().map(|part| part.file.as_path()).filter(is_ignored).collect();
        let is_other = |path: &&Path| !self.parts.iter().any(|part| is_of(part, path));
        let others: Vec<&Path> = status.changed.iter().map(PathBuf::as_path).filter(is_other).collect();
        let add_ignored = commit(&self.git, "add -f", &ignored);
        let [changed, ignored, others] =
            [changed, ignored, others].map(|paths| first_of(&paths.into_iter().map(to_git).collect::<Vec<_>>()));
        if !changed.is_empty() {
            self.open(&format!("not committed: {changed}"), &self.commit.clone());
        }
        if !ignored.is_empty() {
            self.open(&format!(".gitignore keeps out: {ignored}"), &add_ignored);
        }
        if !others.is_empty() {
            self.item.note(None, format!("other files are not committed, if they matter: {others}"));
        }
    }

    fn look_for_unpushed(&mut self, status: &Status, ahead: Option<usize>, remotes: &[String], is_pushed: bool) {
        let git = self.git.clone();
        // One that begins with a dash would be an option.
        let name = |branch: &str| if branch.starts_with('-') { "HEAD".to_string() } else { quote_for_shell(branch) };
        let branch = status.branch.as_deref().map_or("main".to_string(), name);
        let remote = remotes.iter().find(|remote| *remote == "origin").or(remotes.first());
        let is_unpushed = status.has_commit && !is_pushed;
        let known = remote.map_or("origin", String::as_str);
        if status.branch.is_none() && status.has_commit {
            let what = "no branch is checked out (a detached HEAD): a commit made now is soon lost";
            if is_pushed {
                return self.item.note(None, what);
            }
            self.open(what, &format!("{git} switch -c session-08 && {git} push -u {known} session-08"));
        } else if remote.is_none() {
            let add = format!("{git} remote add origin https://github.com/YOU/REPOSITORY.git");
            self.open("there is no remote repository to push to", &format!("{add} && {git} push -u origin {branch}"));
        } else if let Some(ahead) = ahead.filter(|_| is_unpushed) {
            let commits = if ahead == 1 { "1 commit is".to_string() } else { format!("{ahead} commits are") };
            let pull = if status.behind > Some(0) { format!("{git} pull --rebase && ") } else { String::new() };
            self.open(&format!("{commits} not pushed"), &format!("{pull}{git} push"));
        } else if is_unpushed {
            self.open("the branch was never pushed", &format!("{git} push -u {known} {branch}"));
        }
    }
}

/// What belongs to the file: the folder of a program that has one, else the file alone.
fn whole(folder: &StudentFolder, file: &Path) -> PathBuf {
    let depths = folder.places().into_iter().filter(|place| file.starts_with(place));
    let depth = depths.map(|place| place.components().count()).max().unwrap_or(0);
    file.components().take(depth + 1).collect()
}

fn commit(git: &str, add: &str, paths: &[&Path]) -> String {
    let paths: Vec<String> = paths.iter().map(|path| shell::path(path)).collect();
    format!("{git} {add} {} && {git} commit -m \"Session 08\"", paths.join(" "))
}

fn to_git(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
