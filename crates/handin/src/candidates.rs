//! Finding a deliverable among the files, whatever it is called.

use super::deliverables::Deliverable;
use super::filenames::{Filename, Format};
use super::item::Item;
use super::student_folder::{Kind, StudentFolder};
use std::path::{Path, PathBuf};

/// How many candidates are read: nobody has more of them, and each takes time.
const CANDIDATES_READ: usize = 5;

/// What may be the deliverable, by its name.
pub struct Candidate {
    pub path: PathBuf,
    pub kind: Kind,
    pub format: Format,
}

/// All that go by one of its names: the likeliest place first, and in it the likeliest name.
pub fn candidates(folder: &StudentFolder, deliverable: &Deliverable) -> Vec<Candidate> {
    folder.places().iter().flat_map(|place| inside(folder, place, |name| name.rank(deliverable))).collect()
}

/// What is in one place, sorted by what `rank` says; what it does not rank is left out.
pub fn inside(folder: &StudentFolder, place: &Path, rank: impl Fn(&Filename) -> Option<usize>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for name in folder.names(place) {
        let path = place.join(&name);
        let Some(kind) = folder.kind(&path) else { continue };
        let name = if kind == Kind::Folder { Filename::of_folder(&name) } else { Filename::of_file(&name) };
        let rank = rank(&name).filter(|_| name.format != Format::Other);
        found.extend(rank.map(|rank| (rank, Candidate { path, kind, format: name.format })));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// The first of them that is not open, else the first that can be judged at all.
pub fn best(candidates: &[Candidate], judge: impl Fn(&Candidate) -> Option<Item>) -> Option<Item> {
    let mut best: Option<Item> = None;
    for item in candidates.iter().take(CANDIDATES_READ).filter_map(judge) {
        if !item.is_open() {
            return Some(item);
        }
        best = best.or(Some(item));
    }
    if let (Some(best), more @ 1..) = (&mut best, candidates.len().saturating_sub(CANDIDATES_READ)) {
        best.note(None, format!("{more} more files have such a name, and were not read"));
    }
    best
}
