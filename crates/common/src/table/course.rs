//! Where the course's tables are.

use crate::Problem;
use std::path::{Path, PathBuf};

/// The folder of this lesson.
const COURSE_FOLDER: &str = "session-08";

/// The file `name` in `session-08` of the current folder, or of the next one above that has a folder session-08: a student may
/// stand in the folder of the exercise, or in session-08 itself.
///
/// # Errors
///
/// A [`Problem`] if there is no such folder. It says with which `option` another file is named.
pub fn find_course_file(name: &str, option: &str) -> Result<PathBuf, Problem> {
    let here = std::env::current_dir().unwrap_or_default();
    let mut way = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(COURSE_FOLDER).is_dir() {
            return Ok(way.join(COURSE_FOLDER).join(name));
        }
        way.push("..");
    }
    Err(Problem::new(
        format_args!("the table {} was not found", Path::new(COURSE_FOLDER).join(name).display()),
        format!("neither this folder nor one above it has a folder {COURSE_FOLDER}"),
        format_args!("go to the folder of the course; or name the file: {option}"),
    ))
}
