//! The files beside a program without which it does not run: those that it imports or opens.

use super::filenames::{Filename, Format};
use super::student_folder::{Kind, StudentFolder};
use common::table;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// How many are looked for, and how many bytes are read to find them: no program of the lesson has so many.
const HELPERS_READ: usize = 200;
const BYTES_READ: usize = 2 * 1024 * 1024;
/// With what a line begins that names another module: Python, Rust, JavaScript, Ruby, Perl.
const BEGINNINGS: &[&str] = &["import", "from", "mod", "pub", "use", "require", "require_relative", "load"];
const CALLS: &[&str] = &["require(", "import(", "import_module(", "__import__("];
/// The languages in which a file is called like the class in it, and knows those beside it.
const WITHOUT_IMPORTS: &[&str] = &["java", "kt", "cs", "swift"];
/// With what a line of a shell begins whose words are files.
const COMMANDS: &[&str] = &["source", ".", "python3", "python", "bash", "sh", "node"];

/// All of them, also those that they import in their turn.
pub fn helpers(folder: &StudentFolder, program: &Path) -> Vec<PathBuf> {
    let mut waiting = vec![program.to_path_buf()];
    let mut seen: BTreeSet<PathBuf> = waiting.iter().cloned().collect();
    let mut found = Vec::new();
    let mut left = BYTES_READ;
    while let Some(file) = waiting.pop().filter(|_| found.len() < HELPERS_READ && left > 0) {
        let is_program = Filename::of_file(&file.to_string_lossy()).format == Format::Program;
        let Some(bytes) = table::content(&folder.real.join(&file)).ok().filter(|_| is_program) else { continue };
        left = left.saturating_sub(bytes.len());
        let text = String::from_utf8_lossy(&bytes);
        let is_one_module = file.extension().is_some_and(|end| WITHOUT_IMPORTS.iter().any(|own| end == *own));
        let named = Named::in_text(&text, is_one_module);
        let place = file.parent().unwrap_or(Path::new(""));
        for name in folder.names(place).iter().filter(|name| named.has(name)) {
            let files = files_below(folder, &place.join(name));
            let new: Vec<PathBuf> = files.into_iter().filter(|file| seen.insert(file.clone())).collect();
            waiting.extend(new.iter().cloned());
            found.extend(new);
        }
    }
    found
}

/// The file itself, or all that is in a folder, as a package of Python's.
pub fn files_below(folder: &StudentFolder, path: &Path) -> Vec<PathBuf> {
    let mut waiting = vec![path.to_path_buf()];
    let mut files = Vec::new();
    while let Some(path) = waiting.pop().filter(|_| files.len() < HELPERS_READ) {
        match folder.kind(&path) {
            Some(Kind::Folder) if !is_made(&path) => {
                waiting.extend(folder.names(&path).iter().map(|name| path.join(name)));
            }
            Some(Kind::File | Kind::LinkOut) => files.push(path),
            _ => {}
        }
    }
    files
}

/// Whether tools make the folder anew wherever it is missing.
fn is_made(folder: &Path) -> bool {
    ["target", "__pycache__", "node_modules", "venv"].iter().any(|name| folder.ends_with(name))
}

/// What a program names.
#[derive(Default)]
struct Named<'a> {
    /// The words of lines that import something.
    modules: BTreeSet<&'a str>,
    /// The parts of each path that stands in quotes, or is a word of a command.
    files: BTreeSet<&'a str>,
}

impl<'a> Named<'a> {
    /// `is_one_module` if the files beside it need not be imported.
    fn in_text(text: &'a str, is_one_module: bool) -> Self {
        let mut named = Self::default();
        for line in text.lines().map(str::trim) {
            if (line.starts_with('#') && !line.starts_with("#include")) || line.starts_with("//") {
                continue;
            }
            let words = || line.split(|c: char| !is_of_a_word(c));
            let imports = BEGINNINGS.contains(&words().next().unwrap_or_default());
            if is_one_module || imports || CALLS.iter().any(|call| line.contains(call)) {
                named.modules.extend(words());
            }
            let is_command = COMMANDS.contains(&line.split(' ').next().unwrap_or_default());
            let ends = |c: char| c == '"' || c == '\'' || (is_command && c == ' ');
            named.files.extend(line.split(ends).flat_map(|path| path.split('/')));
        }
        named
    }

    /// Whether it imports the file or the folder of this name, or opens it.
    fn has(&self, name: &str) -> bool {
        let is_module = !name.contains('.') || Filename::of_file(name).format == Format::Program;
        let module = name.split('.').next().unwrap_or_default();
        self.files.contains(name) || (is_module && self.modules.contains(module))
    }
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
