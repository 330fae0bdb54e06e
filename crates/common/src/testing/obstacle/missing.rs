//! What this computer lacks and a program needs: a module that is no file beside it, or an interpreter. The fault is the machine's, and
//! nobody is graded by it.

use super::names::{install_interpreter, is_interpreter, is_nearly_standard, is_python, python_package};
use crate::testing::CommandUnderTest;
use crate::text;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Something that is not there, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Missing {
    pub what: String,
    pub next: String,
}

impl Missing {
    /// What a program or its interpreter says to be missing. One that `has_acted` may have said so and done without it: then only the
    /// error counts with which it ended.
    pub fn named_in(errors: &str, shown: &str, has_acted: bool, under_test: &CommandUnderTest) -> Option<Self> {
        let shown = if has_acted { "" } else { shown };
        let folder = under_test.folder_of_source();
        errors.lines().chain(shown.lines()).find_map(|line| {
            let line = line.trim_end();
            python(line, has_acted, under_test, &folder)
                .or_else(|| node(line, &folder))
                .or_else(|| perl(line, &folder))
                .or_else(|| ruby(line, &folder))
                .or_else(|| lua(line))
                .or_else(|| java(line))
                .or_else(|| library(line))
                .or_else(|| interpreter(line))
        })
    }

    /// Why a command could not be started.
    pub fn named_by(under_test: &CommandUnderTest, error: &io::Error) -> Self {
        let program = under_test.words().next().unwrap_or_default();
        if let (ErrorKind::NotFound, Some(file)) = (error.kind(), under_test.first_file()) {
            // Its first line, as `#!/usr/bin/python3.9`: execve(2).
            let first_line = fs::read(&file).unwrap_or_default();
            let first_line = text::escape_line(first_line.split(|&byte| byte == b'\n').next().unwrap_or_default());
            return Self {
                what: format!("what {program} asks for in its first line is not on this computer: {first_line}"),
                next: format!("install it, or name the interpreter: [\"python3\",\"{program}\"], say"),
            };
        }
        if error.kind() == ErrorKind::NotFound && is_interpreter(&program) {
            return Self::interpreter(&program);
        }
        let next = match error.kind() {
            ErrorKind::NotFound => "check the command; is it installed?".to_string(),
            ErrorKind::PermissionDenied => format!("chmod +x {}", text::quote_for_shell(&program)),
            _ => "start it by hand: was it built for this computer?".to_string(),
        };
        Self { what: format!("{program} cannot be started: {error}"), next }
    }

    fn module(language: &str, name: &str, file: &str, install: &str) -> Self {
        Self {
            what: format!("the {language} module {name} is not installed on this computer"),
            next: format!("{install}   (if it is a file of the student's own: {file} is missing beside the program)"),
        }
    }

    fn interpreter(name: &str) -> Self {
        Self { what: format!("{name} is not on this computer"), next: install_interpreter(name) }
    }
}

/// The text between two others.
fn between<'a>(line: &'a str, before: &str, behind: &str) -> Option<&'a str> {
    line.split_once(before)?.1.split_once(behind).map(|(between, _)| between)
}

/// Whether a name is that of a module that somebody else has written.
fn is_foreign(name: &str, folder: &Path, extensions: &[&str]) -> bool {
    let is_beside = || {
        let file = folder.join(name);
        file.is_dir() || extensions.iter().any(|extension| folder.join(format!("{name}.{extension}")).is_file())
    };
    !name.is_empty() && !is_nearly_standard(name) && !is_beside()
}

fn python(line: &str, has_acted: bool, under_test: &CommandUnderTest, folder: &Path) -> Option<Missing> {
    if has_acted && !line.starts_with("ModuleNotFoundError: ") {
        return None;
    }
    let name = line.split_once("No module named ")?.1;
    let name = name.split(';').next()?.trim_matches(['\'', '"', ' ']);
    // The module that has it is there.
    if name.contains('.') || !is_foreign(name, folder, &["py"]) {
        return None;
    }
    let python = under_test.words().find(|word| is_python(word)).unwrap_or_else(|| "python3".to_string());
    match name {
        "msvcrt" | "winreg" | "winsound" => Some(Missing {
            what: format!("the Python module {name} is on Windows alone"),
            next: "grade it there".to_string(),
        }),
        "tkinter" | "_tkinter" => Some(Missing::module("Python", name, "", &install_interpreter("python3-tk"))),
        _ => {
            let install = format!("{python} -m pip install {}", python_package(name));
            Some(Missing::module("Python", name, &format!("{name}.py"), &install))
        }
    }
}

/// A relative name or a path is a file of the student's own.
fn node(line: &str, folder: &Path) -> Option<Missing> {
    let name = between(line, "Cannot find module '", "'").or_else(|| between(line, "Cannot find package '", "'"))?;
    if name.starts_with(['.', '/']) || name.contains([':', '\\']) || !is_foreign(name, folder, &["js", "mjs", "cjs"]) {
        return None;
    }
    // `@scope/package/file`, or `package/file`.
    let parts = if name.starts_with('@') { 2 } else { 1 };
    let package = name.split('/').take(parts).collect::<Vec<_>>().join("/");
    Some(Missing::module("Node.js", &package, &format!("{name}.js"), &format!("npm install {package}")))
}

fn perl(line: &str, folder: &Path) -> Option<Missing> {
    let file = between(line, "Can't locate ", ".pm in @INC")?;
    let name = file.replace('/', "::");
    let is_foreign = is_foreign(&name, folder, &[]) && !folder.join(format!("{file}.pm")).is_file();
    is_foreign.then(|| Missing::module("Perl", &name, &format!("{file}.pm"), &format!("cpan {name}")))
}

fn ruby(line: &str, folder: &Path) -> Option<Missing> {
    let name = between(line, "cannot load such file -- ", " (LoadError)")?;
    let is_foreign = !name.starts_with(['.', '/']) && is_foreign(name, folder, &["rb"]);
    is_foreign.then(|| Missing::module("Ruby", name, &format!("{name}.rb"), &format!("gem install {name}")))
}

/// Sockets are no part of Lua, so that `socket` is no mistake in writing.
fn lua(line: &str) -> Option<Missing> {
    let name = line.starts_with("lua").then(|| between(line, "module '", "' not found:"))??;
    let package = if name.starts_with("socket") { "luasocket" } else { name };
    Some(Missing::module("Lua", name, &format!("{name}.lua"), &format!("luarocks install {package}")))
}

/// The version of a class file is that of Java, and 44.
fn java(line: &str) -> Option<Missing> {
    let version = between(line, "more recent version of the Java Runtime (class file version ", ".")?;
    let version = version.parse::<u32>().ok()?.checked_sub(44)?;
    Some(Missing {
        what: format!("Java {version} is not on this computer, and the program was compiled with it"),
        next: install_interpreter(&format!("openjdk-{version}-jdk")),
    })
}

/// What the dynamic linker says: ld.so(8).
fn library(line: &str) -> Option<Missing> {
    let name = between(line, "error while loading shared libraries: ", ": cannot open shared object file")
        .or_else(|| line.contains("/libc.so.6: version `GLIBC_").then_some("libc.so.6, in a later version"))?;
    Some(Missing {
        what: format!("the library {name} is not on this computer"),
        next: "install it, or compile the program on this computer".to_string(),
    })
}

/// `/usr/bin/env: ‘python3.9’: No such file or directory`, `Ex3.sh: line 2: python3.9: command not found`.
fn interpreter(line: &str) -> Option<Missing> {
    const ENDS: [&str; 4] = [
        ": bad interpreter: No such file or directory",
        ": No such file or directory",
        ": command not found",
        ": not found",
    ];
    let before = ENDS.iter().find_map(|end| line.strip_suffix(end))?;
    let name = before.rsplit([' ', '/']).next()?.trim_matches(['\'', '"', '‘', '’']);
    if let Some(name) = name.strip_suffix("\\r").filter(|name| is_interpreter(name)) {
        return Some(Missing {
            what: format!("the program asks for {name} in a first line that ends as on Windows (CR LF)"),
            next: format!("name the interpreter in the command: [\"{name}\", …]"),
        });
    }
    is_interpreter(name).then(|| Missing::interpreter(name))
}
