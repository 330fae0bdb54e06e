//! Which files a command needs beside those of the system: its interpreter, where that is somebody's own, and the files that it names.

use super::plan::Plan;
use std::collections::BTreeMap;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// How many links lead from a program's name to its file.
const MAX_LINKS: usize = 10;

/// What is shown read-only.
#[derive(Debug)]
pub struct Visible {
    /// The folders of the system. Links among them are made again.
    pub system: &'static [&'static str],
    /// What else, and under which name.
    pub read_only: Vec<(PathBuf, PathBuf)>,
}

/// Folders that everyone sees.
const SYSTEM: [&str; 9] = ["/bin", "/lib", "/lib32", "/lib64", "/libx32", "/nix", "/opt", "/sbin", "/usr"];

/// What a program sees besides. The compiler may be root, who can read passwords.
const SYSTEM_OF_PROGRAMS: [&str; 10] =
    ["/bin", "/etc", "/lib", "/lib32", "/lib64", "/libx32", "/nix", "/opt", "/sbin", "/usr"];

/// What the compiler and the linker need of /etc: where Debian's `cc` leads, and where libraries are.
const ETC_OF_COMPILER: [&str; 4] = ["/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"];

/// What cargo needs of its home, where its passwords are as well.
const CARGO_HOME: [&str; 5] = ["bin", "config", "config.toml", "git", "registry"];

impl Visible {
    /// What this command needs that is run in this folder.
    pub fn to(plan: &Plan, folder: &Path, words: &[OsString]) -> Self {
        let home = env::var_os("HOME").map(PathBuf::from);
        let mut found = Found { plan, home, places: BTreeMap::new() };
        found.add_folder(folder);
        if let Some(program) = words.first().and_then(|word| on_path(folder, word)) {
            found.add_program(program);
        }
        for word in words.iter().skip(1) {
            found.add_named(&folder.join(word));
        }
        found.visible(&SYSTEM_OF_PROGRAMS)
    }

    /// What this cargo needs, its compiler, and the packages that all are built with: their folder is this one.
    pub fn to_compiler(plan: &Plan, cargo: &OsString, packages: &Path) -> Self {
        let home = env::var_os("HOME").map(PathBuf::from);
        let of = |variable: &str, name: &str| {
            env::var_os(variable).map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(name)))
        };
        let (cargo_home, rustup_home) = (of("CARGO_HOME", ".cargo"), of("RUSTUP_HOME", ".rustup"));
        let mut found = Found { plan, home, places: BTreeMap::new() };
        let of_cargo = cargo_home.iter().flat_map(|home| CARGO_HOME.map(|name| home.join(name)));
        let toolchain = Path::new(cargo).ancestors().nth(2).filter(|folder| folder.join("lib").is_dir());
        let all = ETC_OF_COMPILER.map(PathBuf::from).into_iter().chain(of_cargo).chain(rustup_home);
        for place in all.chain(toolchain.map(Path::to_path_buf)).chain([packages.to_path_buf()]) {
            found.add(&place);
        }
        found.visible(&SYSTEM)
    }
}

struct Found<'a> {
    plan: &'a Plan,
    home: Option<PathBuf>,
    /// In the order of their names: a folder comes before what is in it.
    places: BTreeMap<PathBuf, PathBuf>,
}

impl Found<'_> {
    fn visible(self, system: &'static [&'static str]) -> Visible {
        Visible { system, read_only: self.places.into_iter().map(|(place, source)| (source, place)).collect() }
    }

    fn add(&mut self, place: &Path) {
        let is_shown = |shown: &Path| place.starts_with(shown);
        let is_there = SYSTEM.iter().any(|folder| is_shown(Path::new(folder)))
            || is_shown(&self.plan.scratch)
            || self.places.keys().any(|shown| is_shown(shown));
        if is_there {
            return;
        }
        if let Ok(source) = fs::canonicalize(place) {
            self.places.insert(place.to_path_buf(), source);
        }
    }

    /// A folder with all that is in it, unless that is far too much: a home, or what has one in it.
    fn add_folder(&mut self, folder: &Path) -> bool {
        let holds_home = self.home.as_ref().is_some_and(|home| home.starts_with(folder));
        let holds_scratch = self.plan.scratch.starts_with(folder);
        if holds_home || holds_scratch || folder.components().count() < 3 {
            return false;
        }
        self.add(folder);
        true
    }

    /// The file of a program, and what has been installed with it: all links to it lead through folders that must be there as well.
    fn add_program(&mut self, mut file: PathBuf) {
        for _ in 0..MAX_LINKS {
            let folder = file.parent().unwrap_or(Path::new("/")).to_path_buf();
            let is_for_programs = folder.file_name().is_some_and(|name| name == "bin" || name == "shims");
            let prefix = folder.parent().filter(|_| is_for_programs);
            if !prefix.is_some_and(|prefix| self.add_folder(prefix)) {
                self.add(&file);
            }
            let Ok(target) = fs::read_link(&file) else { break };
            file = folder.join(target);
        }
        if let Ok(whole) = fs::canonicalize(&file) {
            if whole != file {
                self.add_program(whole);
            }
        }
    }

    /// What an argument names: a source file with those beside it, or a folder.
    fn add_named(&mut self, path: &Path) {
        if path.is_dir() {
            self.add_folder(path);
        } else if path.is_file() && !path.parent().is_some_and(|folder| self.add_folder(folder)) {
            self.add(path);
        }
    }
}

/// The file that a command's first word names: as the shell finds it.
fn on_path(folder: &Path, word: &OsString) -> Option<PathBuf> {
    if Path::new(word).components().count() > 1 {
        return Some(folder.join(word));
    }
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(word)).find(|file| file.is_file())
}
