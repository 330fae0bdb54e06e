//! The two versions of a file: the solution, and the starter, which is the exercise to be done.
//!
//! There is one source, so that they never drift. It is the solution, with comments in it:
//!
//! ```text
//! // BEGIN SOLUTION
//! what the starter does not have
//! // STUB: a line that only the starter has
//! // END SOLUTION
//! ```
//!
//! In TOML the comments begin with `#`. A page cannot have them in the middle of a table: the starter's is `STARTER.md`, and takes
//! the place of `README.md`.

use super::Files;
use common::Problem;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The page of a starter.
const PAGE: &str = "STARTER.md";

/// Which version of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// All of it is written.
    Solution,
    /// It is to be written.
    Starter,
}

/// What a line is.
enum Line<'a> {
    Begin,
    End,
    /// A line of the starter.
    Stub(&'a str),
    /// Any other.
    Text,
}

impl Version {
    /// This version of the files. In a starter the files of a module are left out whose `mod` line is.
    ///
    /// # Errors
    ///
    /// A [`Problem`] if the comments of a file are not in pairs.
    pub fn of(self, files: Files) -> Result<Files, Problem> {
        let mut left_out = BTreeSet::new();
        let mut version = Files::new();
        for (name, content) in files {
            let content = match String::from_utf8(content) {
                // What has no marks stays as it is, byte for byte.
                Ok(text) if !text.contains("BEGIN SOLUTION") => text.into_bytes(),
                Ok(text) => {
                    let (text, modules) = self.of_text(&text).map_err(|reason| wrong_marks(&name, reason))?;
                    left_out.extend(modules.iter().flat_map(|module| files_of_module(&name, module)));
                    text.into_bytes()
                }
                Err(e) => e.into_bytes(),
            };
            version.insert(name, content);
        }
        version.retain(|name, _| !left_out.iter().any(|gone| name.starts_with(gone)));
        for page in version.keys().filter(|name| name.ends_with(PAGE)).cloned().collect::<Vec<_>>() {
            if let (Some(content), Self::Starter) = (version.remove(&page), self) {
                version.insert(page.with_file_name("README.md"), content);
            }
        }
        Ok(version)
    }

    /// This version of a text, and the modules that it does not have.
    fn of_text(self, text: &str) -> Result<(String, Vec<String>), &'static str> {
        let mut version = Lines::default();
        let mut modules = Vec::new();
        let mut is_solution = false;
        for line in text.lines() {
            match (read(line), is_solution) {
                (Line::Begin, false) => is_solution = true,
                (Line::End, true) => is_solution = false,
                (Line::Begin, true) => return Err("BEGIN SOLUTION stands twice without an END SOLUTION"),
                (Line::End, false) => return Err("END SOLUTION stands without a BEGIN SOLUTION"),
                (Line::Stub(_), false) => return Err("STUB stands outside of a solution"),
                (Line::Stub(stub), true) if self == Self::Starter => {
                    let indentation = &line[..line.len() - line.trim_start().len()];
                    version.push(&format!("{indentation}{stub}"));
                }
                (Line::Text, true) if self == Self::Starter => modules.extend(module_of(line)),
                (Line::Stub(_), true) => {}
                (Line::Text, _) => version.push(line),
            }
        }
        if is_solution {
            return Err("a BEGIN SOLUTION has no END SOLUTION");
        }
        let text = version.text.trim_end();
        Ok((if text.is_empty() { String::new() } else { format!("{text}\n") }, modules))
    }
}

/// The lines of a version. Where a part was taken out, the empty lines around it do not pile up.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn push(&mut self, line: &str) {
        let line = line.trim_end();
        let is_start = self.text.is_empty() || self.text.ends_with("\n\n") || self.text.ends_with("{\n");
        if line.is_empty() && is_start {
            return;
        }
        if line.trim_start().starts_with('}') && self.text.ends_with("\n\n") {
            self.text.pop();
        }
        self.text.push_str(line);
        self.text.push('\n');
    }
}

fn read(line: &str) -> Line<'_> {
    let line = line.trim();
    match line.strip_prefix("// ").or_else(|| line.strip_prefix("# ")) {
        Some("BEGIN SOLUTION") => Line::Begin,
        Some("END SOLUTION") => Line::End,
        Some("STUB:") => Line::Stub(""),
        Some(comment) => comment.strip_prefix("STUB: ").map_or(Line::Text, Line::Stub),
        None => Line::Text,
    }
}

/// The name in a line `mod NAME;`, whoever may see it.
fn module_of(line: &str) -> Option<String> {
    let line = line.trim().strip_suffix(';')?;
    let (visibility, name) = line.split_once("mod ")?;
    let is_public = visibility.is_empty() || visibility.starts_with("pub") && visibility.ends_with(' ');
    is_public.then(|| name.trim().to_string())
}

/// Where a module's files may be: beside `main.rs`, or in the folder that is called as the file that names it.
fn files_of_module(named_in: &Path, module: &str) -> [PathBuf; 2] {
    let beside = named_in.parent().unwrap_or(Path::new(""));
    let folder = match named_in.file_stem().and_then(|stem| stem.to_str()) {
        None | Some("main" | "lib") => beside.to_path_buf(),
        Some(stem) => beside.join(stem),
    };
    [folder.join(format!("{module}.rs")), folder.join(module)]
}

fn wrong_marks(file: &Path, reason: &str) -> Problem {
    Problem::new(
        format_args!("it is not clear what of {} is the solution", file.display()),
        reason,
        "put BEGIN SOLUTION and END SOLUTION around it, each on a line of its own",
    )
}

#[cfg(test)]
mod tests {
    use super::{Files, Version};
    use std::path::PathBuf;

    fn version(version: Version, text: &str) -> Result<String, &'static str> {
        version.of_text(text).map(|(text, _)| text)
    }

    const SOURCE: &str = "\
use a;

// BEGIN SOLUTION
use b;
// END SOLUTION

fn run() {
    // BEGIN SOLUTION
    let b = 1;

    b
    // STUB: // write it
    // STUB:
    // STUB:     0
    // END SOLUTION
}
";

    #[test]
    fn each_version_has_its_own_lines_and_no_marks() {
        let solution = version(Version::Solution, SOURCE).unwrap();
        assert_eq!(solution, "use a;\n\nuse b;\n\nfn run() {\n    let b = 1;\n\n    b\n}\n");
        let starter = version(Version::Starter, SOURCE).unwrap();
        assert_eq!(starter, "use a;\n\nfn run() {\n    // write it\n\n        0\n}\n");
        let toml = "one\n# BEGIN SOLUTION\ntwo\n# END SOLUTION\n";
        assert_eq!(version(Version::Solution, toml).unwrap(), "one\ntwo\n");
    }

    #[test]
    fn a_starter_has_a_page_of_its_own() {
        let source: Files = [("a/README.md", "solution"), ("a/STARTER.md", "starter"), ("README.md", "")]
            .map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec()))
            .into();
        let page = |version: Version| version.of(source.clone()).unwrap().remove(&PathBuf::from("a/README.md"));
        assert_eq!(page(Version::Starter).unwrap(), b"starter");
        assert_eq!(page(Version::Solution).unwrap(), b"solution");
        assert_eq!(Version::Solution.of(source).unwrap().len(), 2);
    }

    #[test]
    fn marks_that_are_not_in_pairs_are_refused() {
        for text in [
            "// BEGIN SOLUTION\n",
            "// END SOLUTION\n",
            "// STUB: x\n",
            "// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION\n",
        ] {
            assert!(version(Version::Solution, text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_files_of_a_module_that_a_starter_does_not_name_are_left_out() {
        let main = "mod a;\n// BEGIN SOLUTION\nmod b;\npub(crate) mod e;\n// END SOLUTION\n";
        let source: Files = [
            ("src/main.rs", main),
            ("src/a.rs", "// BEGIN SOLUTION\nmod c;\n// END SOLUTION\n"),
            ("src/a/c.rs", ""),
            ("src/b.rs", ""),
            ("src/b/d.rs", "two spaces  \n\n\n"),
            ("src/e.rs", ""),
            ("src/bb.rs", ""),
            ("src/c.rs", ""),
        ]
        .map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec()))
        .into();
        let names: Vec<PathBuf> = Version::Starter.of(source.clone()).unwrap().into_keys().collect();
        assert_eq!(names, ["src/a.rs", "src/bb.rs", "src/c.rs", "src/main.rs"].map(PathBuf::from));
        let solution = Version::Solution.of(source.clone()).unwrap();
        assert_eq!(solution.len(), source.len());
        assert_eq!(solution[&PathBuf::from("src/b/d.rs")], b"two spaces  \n\n\n");
    }
}
