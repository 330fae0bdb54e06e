//! Files that git has and that are not here: left out by a sparse checkout, or in a submodule that was not fetched.

use super::git_command::Git;
use super::tracked::{Told, Tracked};
use handin::deliverables::Deliverable;
use handin::filenames::{Filename, Format};
use handin::item::{Item, Place, State};
use handin::shell;
use handin::student_folder::StudentFolder;
use std::path::Path;

/// Says of each item that is missing for this reason only, that nothing can be told of it here.
pub fn explain(folder: &StudentFolder, git: &Git, tracked: &Tracked, items: &mut [Item], command: &str) {
    let is_absent = |(file, told): &(&Path, Told)| *told == Told::NotToHaveIt && folder.kind(file).is_none();
    let absent: Vec<&Path> = tracked.files().filter(is_absent).map(|(file, _)| file).collect();
    if absent.is_empty() {
        return;
    }
    for item in items.iter_mut().filter(|item| item.state() == State::Missing && item.file.is_none()) {
        let Some(deliverable) = Deliverable::all().find(|deliverable| deliverable.name == item.name) else { continue };
        let Some(file) = absent.iter().find(|file| is_it(file, deliverable)) else { continue };
        let next = if git.config.is_on("core.sparsecheckout") {
            format!("{command} sparse-checkout disable")
        } else {
            let file = shell::path(file);
            format!("{command} update-index --no-skip-worktree {file} && {command} restore {file}")
        };
        let mut elsewhere = Item::of(deliverable);
        elsewhere.place = Place::Elsewhere;
        let why = "git has it and leaves it out of this folder (a sparse checkout), so it cannot be looked at here";
        elsewhere.open(None, format!("{}: {why}", shell::slashes(file)));
        elsewhere.next = Some(next);
        *item = elsewhere;
    }
}

/// By its name, as where it is here.
fn is_it(file: &Path, deliverable: &Deliverable) -> bool {
    let own_crate = Path::new("crates").join(deliverable.exercise);
    if file.starts_with("crates") {
        return file == own_crate.join("src/main.rs") && deliverable.columns.is_empty();
    }
    let name = Filename::of_file(&file.file_name().unwrap_or_default().to_string_lossy());
    let is_program = name.format == Format::Program;
    name.rank(deliverable).is_some() && name.format != Format::Other && is_program == deliverable.columns.is_empty()
}
