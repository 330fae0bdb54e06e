//! Finding a deliverable among the files, whatever it is called.

use super::names::{Format, Known, Name};
use super::work::{Kind, Work};
use std::path::{Path, PathBuf};

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

/// What is in one folder, sorted by what `rank` says; what it does not rank is left out.
pub fn in_folder(work: &Work, folder: &Path, rank: impl Fn(&Name) -> Option<usize>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for name in work.names(folder) {
        let path = folder.join(&name);
        let Some(kind) = work.kind(&path) else { continue };
        let name = if kind == Kind::Folder { Name::of_folder(&name) } else { Name::of_file(&name) };
        if let Some(rank) = rank(&name).filter(|_| name.format != Format::Other) {
            found.push((rank, Candidate { path, kind, format: name.format }));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, candidate)| candidate).collect()
}
