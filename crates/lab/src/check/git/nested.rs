//! A git repository within the student's folder.

use super::Check;
use super::tracked::Tracked;
use handin::shell;
use std::fs;
use std::path::{Path, PathBuf};

impl Check<'_> {
    pub fn explain_no_repository(&mut self) {
        // A workspace is of no use without all of it.
        let is_whole = !self.counted.support.is_empty();
        let whole = is_whole.then(|| self.commit(self.add, [Path::new("")].into_iter()));
        let commit = whole.or_else(|| self.commit_all(&[], &[])).unwrap_or_default();
        let init = format!("{} init -b main && {commit}", self.git);
        let Some(nested) = self.nested_repository() else {
            return self.open("this folder is not in a git repository", &init);
        };
        let is_for_all = self.folder.sessions.contains(&nested) && !self.folder.has_crates();
        let check = format!("cargo lab check {}", self.folder.typed(&nested));
        let next = if is_for_all { check } else { format!("{} && {init}", self.move_aside(&nested)) };
        self.open(&format!("the git repository is in {}, not in this folder", shell::slashes(&nested)), &next);
    }

    /// Git says nothing of what is in there: all else has to wait.
    pub fn look_for_a_nested_repository(&mut self, tracked: &Tracked) -> bool {
        let submodule = || self.counted.files.iter().find_map(|file| tracked.submodule_of(file)).map(Path::to_path_buf);
        let Some(nested) = self.nested_repository().or_else(submodule) else { return false };
        // It may be there as a reference already.
        let forget = format!("{} rm -r -q -f --cached --ignore-unmatch {}", self.git, shell::path(&nested));
        let forget = format!("{forget} && {}", self.commit_all(&[], &[]).unwrap_or_default());
        let is_repository = fs::symlink_metadata(self.folder.real.join(&nested).join(".git")).is_ok();
        let command = if is_repository { format!("{} && {forget}", self.move_aside(&nested)) } else { forget };
        let nested = shell::slashes(&nested);
        let what = format!("{nested} is a git repository of its own: the one around it has none of its files");
        self.open(&what, &command);
        true
    }

    /// A folder of the session, or with a file to hand in, that is a git repository of its own. The one around it sees nothing in it:
    /// `git add` adds only a reference to it, which leads nowhere on GitHub.
    fn nested_repository(&self) -> Option<PathBuf> {
        let of_files = self.counted.files.iter().flat_map(|file| file.ancestors().skip(1));
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
}
