//! Files that are not what was written: those with the marks of a conflict, and pointers of Git LFS.

use common::table;
use handin::item::Item;
use handin::student_folder::StudentFolder;
use std::path::Path;

/// The first line of a pointer, which stands in the place of a large file: the specification of Git LFS.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";
/// How long a mark is at least: gitattributes(5), conflict-marker-size.
const MARKS: [&str; 2] = ["<<<<<<<", ">>>>>>>"];

/// The line, from 1, of the first mark that git has left of a conflict.
pub fn conflict_in(folder: &StudentFolder, file: &Path) -> Option<usize> {
    let bytes = table::content(&folder.real.join(file)).ok()?;
    // Most files have none, and this is fast.
    let text = String::from_utf8_lossy(&bytes);
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    bytes.split(|byte| *byte == b'\n').position(is_mark).map(|line| line + 1)
}

/// `<<<<<<< HEAD`, `>>>>>>> other`. A row of equal signs alone may be a heading.
fn is_mark(line: &[u8]) -> bool {
    let Some(mark) = MARKS.iter().find(|mark| line.starts_with(mark.as_bytes())) else { return false };
    // It may be longer.
    let end = line.iter().find(|byte| **byte != mark.as_bytes()[0]);
    matches!(end, None | Some(b' ' | b'\r'))
}

/// What to do with such files.
pub fn edit(files: &str) -> String {
    format!("in {files}: keep what is right, delete the lines with <<<<<<<, ======= and >>>>>>>, and save")
}

/// Says that an item is not done where one of its files is none: whatever else was found in it is chance.
pub fn check(folder: &StudentFolder, item: &mut Item, files: &[&Path]) {
    for file in files {
        if let Some(line) = conflict_in(folder, file) {
            let typed = folder.typed(file);
            item.open(Some(line), format!("{typed} has the marks of a conflict in git"));
            item.next = Some(edit(&typed));
            item.touched();
            item.test = None;
        } else if is_pointer(folder, file) {
            item.open(None, "it is a pointer of Git LFS, and not the file itself");
            item.next = Some("git lfs pull".to_string());
            item.touched();
            item.test = None;
        }
    }
}

fn is_pointer(folder: &StudentFolder, file: &Path) -> bool {
    table::content(&folder.real.join(file)).is_ok_and(|bytes| bytes.starts_with(POINTER))
}
