//! Finding a deliverable among the files, whatever it is called.

use super::deliverable::Deliverable;
use super::names::{Format, Known, Name};
use super::shell;
use super::work::{Kind, Work};
use std::path::{Path, PathBuf};

/// How many candidates are looked into: nobody has more of them, and each takes time.
const MAX_CANDIDATES: usize = 5;

/// What may be the deliverable, by its name.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// In the student's folder.
    pub path: PathBuf,
    pub kind: Kind,
    pub format: Format,
}

/// All that go by this name: the likeliest place first, and in it the likeliest name.
pub fn candidates(work: &Work, known: &Known) -> Vec<Candidate> {
    work.places().iter().flat_map(|place| in_folder(work, place, |name| name.is(known))).collect()
}

/// The first of them that is not open, else the first that is judged at all.
pub fn best(candidates: &[Candidate], judge: impl Fn(&Candidate) -> Option<Deliverable>) -> Option<Deliverable> {
    let mut best: Option<Deliverable> = None;
    for candidate in candidates.iter().take(MAX_CANDIDATES) {
        let Some(deliverable) = judge(candidate) else { continue };
        if !deliverable.is_open() {
            return Some(deliverable);
        }
        best = best.or(Some(deliverable));
    }
    if let (Some(best), more @ 1..) = (&mut best, candidates.len().saturating_sub(MAX_CANDIDATES)) {
        best.note_first(format!("{more} more files have such a name, and were not looked into"));
    }
    best
}

/// What is missing may be in a folder that was too large to see all of it.
pub fn tell_too_large(work: &Work, missing: &mut Deliverable) {
    if let Some(folder) = work.too_large() {
        let folder = shell::path(&work.shown(&folder));
        missing.note(None, format!("{folder} holds so much that not all of it was looked at: it may be in there"));
    }
}

/// What is in one folder, sorted by what `rank` says; what it does not rank is left out.
pub fn in_folder(work: &Work, folder: &Path, rank: impl Fn(&Name) -> Option<usize>) -> Vec<Candidate> {
    let rank = |name: &Name| rank(name).filter(|_| name.format != Format::Other);
    // What it is called says enough of most that are in a large folder.
    let may_be_ranked = |name: &str| rank(&Name::of_folder(name)).or_else(|| rank(&Name::of_file(name))).is_some();
    let mut found = Vec::new();
    for name in work.names(folder, may_be_ranked) {
        let path = folder.join(&name);
        let Some(kind) = work.kind(&path) else { continue };
        let name = if kind == Kind::Folder { Name::of_folder(&name) } else { Name::of_file(&name) };
        if let Some(rank) = rank(&name) {
            found.push((rank, Candidate { path, kind, format: name.format }));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}
