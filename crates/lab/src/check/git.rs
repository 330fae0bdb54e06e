//! Whether all is committed and pushed, as far as this disk knows it.

mod answer;
mod ask;
mod inner;
mod status;

use super::deliverable::{Deliverable, State, first_of};
use super::shell;
use super::work::{Kind, Work};
use ask::{Failure, Git};
use status::Status;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The last line of the checklist. `deliverables` are those that should be committed.
pub fn check(work: &Work, deliverables: &[Deliverable]) -> Deliverable {
    let mut found = Deliverable::new("git", "committed and pushed");
    let own = Own::new(work, deliverables);
    let result = Git::open(work).and_then(|git| look(&git, work, &own, &mut found));
    if let Err(failure) = result {
        tell_failure(&mut found, work, &own, failure);
    }
    found
}

/// What is the student's, and how git is typed for it.
struct Own {
    /// `git`, or `git -C FOLDER` for one who stands somewhere else.
    git: String,
    /// The file that was judged, and the file or folder that belongs to it.
    parts: Vec<(PathBuf, PathBuf)>,
    /// What to add, as words.
    add: String,
}

impl Own {
    fn new(work: &Work, deliverables: &[Deliverable]) -> Self {
        let git = if work.is_here() { "git".to_string() } else { format!("git -C {}", shell::path(&work.root)) };
        // One that is begun and need not be there is not asked for here either.
        let there = deliverables.iter().filter(|deliverable| deliverable.state() != State::Missing);
        let files = there.filter_map(|deliverable| deliverable.file.as_ref()).map(|file| work.without_links(file));
        let parts: Vec<(PathBuf, PathBuf)> = files.map(|file| (file.clone(), part(work, &file))).collect();
        let mut add: Vec<String> = Vec::new();
        for (_, part) in &parts {
            let session = work.sessions.iter().find(|session| part.starts_with(session));
            let typed = shell::path(session.unwrap_or(part));
            if !add.contains(&typed) {
                add.push(typed);
            }
        }
        if add.is_empty() {
            add.push(work.sessions.first().map_or(".".to_string(), |session| shell::path(session)));
        }
        Self { git, parts, add: add.join(" ") }
    }

    fn commit(&self) -> String {
        let git = &self.git;
        format!("{git} add {} && {git} commit -m \"Session 08\"", self.add)
    }

    fn init(&self) -> String {
        format!("{} init -b main && {}", self.git, self.commit())
    }
}

/// What belongs to the file: the folder of a program that has one, else the file alone.
fn part(work: &Work, file: &Path) -> PathBuf {
    let places = work.places();
    let place = places.iter().filter(|place| file.starts_with(place)).max_by_key(|place| place.components().count());
    let place = place.cloned().unwrap_or_default();
    let first = file.strip_prefix(&place).ok().and_then(|rest| rest.components().next().map(|part| place.join(part)));
    first.unwrap_or_else(|| file.to_path_buf())
}

/// Something to do, with the command for it. The first one is what to type next.
fn open(found: &mut Deliverable, what: &str, command: String) {
    found.open(None, format!("{what}: {command}"));
    found.next.get_or_insert(command);
}

fn tell_failure(found: &mut Deliverable, work: &Work, own: &Own, failure: Failure) {
    match failure {
        Failure::NoGit => open(
            found,
            "git is not installed on this computer, or not found; from https://git-scm.com, or on Ubuntu",
            "sudo apt install git".to_string(),
        ),
        Failure::NoRepository => match inner::repository(work, &own.parts) {
            Some(inner) => inner::tell_alone(found, work, &inner, &own.init()),
            None => open(found, "this folder is not in a git repository", own.init()),
        },
        Failure::Dubious(folder) => open(
            found,
            "the folder belongs to another user, so git does not look into it; if you trust it",
            format!("git config --global --add safe.directory {}", shell::word(&folder)),
        ),
        Failure::Slow => open(found, "git did not answer in time; see what it says", format!("{} status", own.git)),
        Failure::TooLong => open(
            found,
            "git says too much: more than 4 MiB, which are not looked at; see what it says",
            format!("{} status", own.git),
        ),
        // No command of git's: those that are typed start what is switched off here.
        Failure::Refused(why) => open(
            found,
            &format!("nothing more is asked of git here: {why}"),
            "look at .git/config with an editor".to_string(),
        ),
        Failure::Said(said) => {
            found.found();
            open(found, &format!("git says {}", super::deliverable::quoted(&said)), format!("{} status", own.git));
        }
    }
}

fn look(git: &Git, work: &Work, own: &Own, found: &mut Deliverable) -> Result<(), Failure> {
    let status = git.status()?;
    if let Some(inner) = inner::repository(work, &own.parts) {
        // Git says nothing of what is in there: all else has to wait.
        inner::tell(found, work, &own.git, &inner, &own.commit());
        return Ok(());
    }
    if status.has_commit {
        found.found();
        tell_uncommitted(found, work, own, &status, &git.tracked(&own.parts)?);
    } else {
        open(found, "nothing is committed yet", own.commit());
    }
    let remotes = git.remotes()?;
    let is_pushed = status.has_commit && git.is_pushed()?;
    tell_not_pushed(found, own, &status, &remotes, is_pushed);
    if !found.is_open() {
        let place = status.upstream.as_deref().unwrap_or("the remote repository");
        found.ok(format!("all is committed, and pushed to {place}"));
    }
    Ok(())
}

fn tell_uncommitted(found: &mut Deliverable, work: &Work, own: &Own, status: &Status, tracked: &[PathBuf]) {
    let is_of = |part: &Path, changed: &Path| changed.starts_with(part) || part.starts_with(changed);
    let mut changed: Vec<&PathBuf> = Vec::new();
    let mut is_told = BTreeSet::new();
    for (file, part) in &own.parts {
        for path in status.changed.iter().filter(|path| is_of(part, path)) {
            // Of a folder that is new git says no more than its name.
            let path = if file.starts_with(path) { file } else { path };
            if is_told.insert(path) {
                changed.push(path);
            }
        }
    }
    if !changed.is_empty() {
        open(found, &format!("not committed: {}", names(&changed)), own.commit());
    }
    // Neither in the repository nor a change to it. A folder is there with any file in it.
    let is_known = |file: &Path| tracked.iter().chain(is_told.iter().copied()).any(|path| path.starts_with(file));
    let ignored: Vec<&PathBuf> =
        own.parts.iter().map(|(file, _)| file).filter(|file| !is_known(file) && can_be_added(work, file)).collect();
    if !ignored.is_empty() {
        let words: Vec<String> = ignored.iter().map(|file| shell::path(file)).collect();
        let git = &own.git;
        let command = format!("{git} add -f {} && {git} commit -m \"Session 08\"", words.join(" "));
        open(found, &format!(".gitignore keeps out: {}", names(&ignored)), command);
    }
    let others: Vec<&PathBuf> =
        status.changed.iter().filter(|changed| !own.parts.iter().any(|(_, part)| is_of(part, changed))).collect();
    if !others.is_empty() {
        found.note(None, format!("other files are not committed, if they matter: {}", names(&others)));
    }
}

/// Whether git takes it: no pipe, and no folder with nothing in it.
fn can_be_added(work: &Work, file: &Path) -> bool {
    match work.kind(file) {
        Some(Kind::File | Kind::LinkOut) => true,
        Some(Kind::Folder) => fs::read_dir(work.real(file)).is_ok_and(|mut entries| entries.next().is_some()),
        Some(Kind::Neither) | None => false,
    }
}

fn tell_not_pushed(found: &mut Deliverable, own: &Own, status: &Status, remotes: &[String], is_pushed: bool) {
    let git = &own.git;
    // One that begins with a dash would be an option.
    let name = |branch: &str| if branch.starts_with('-') { "HEAD".to_string() } else { shell::word(branch) };
    let branch = status.branch.as_deref().map_or("main".to_string(), name);
    let remote = remotes.iter().find(|remote| *remote == "origin").or(remotes.first());
    if status.branch.is_none() && status.has_commit {
        let what = "no branch is checked out (a detached HEAD): a commit made now is soon lost";
        if is_pushed {
            return found.note(None, what);
        }
        let push = remote.map_or("origin".to_string(), |remote| shell::word(remote));
        return open(found, what, format!("{git} switch -c session-08 && {git} push -u {push} session-08"));
    }
    let Some(remote) = remote else {
        let add = format!("{git} remote add origin https://github.com/YOU/REPOSITORY.git");
        return open(
            found,
            "there is no remote repository to push to",
            format!("{add} && {git} push -u origin {branch}"),
        );
    };
    if is_pushed || !status.has_commit {
        return;
    }
    match (&status.upstream, status.ahead, status.behind) {
        (Some(_), Some(ahead), behind) => {
            let commits = if ahead == 1 { "1 commit is".to_string() } else { format!("{ahead} commits are") };
            let pull = if behind.unwrap_or(0) > 0 { format!("{git} pull --rebase && ") } else { String::new() };
            open(found, &format!("{commits} not pushed"), format!("{pull}{git} push"));
        }
        _ => open(found, "the branch was never pushed", format!("{git} push -u {} {branch}", shell::word(remote))),
    }
}

/// As git names them: the first, and how many more there are.
fn names(paths: &[&PathBuf]) -> String {
    first_of(&paths.iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect::<Vec<_>>())
}
