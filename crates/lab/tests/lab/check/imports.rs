//! What a program imports or opens belongs to it, also where git is told to keep it out.

use super::{Folder, IPS, assert_found};

const EX3: &str = "session-08/Ex3.py";
pub const IMPORTS: &str =
    "import socket\nfrom helper import ask\nimport parts.net\nopen(\"words.dat\")\nopen(\"data/words.txt\")\n";

/// All that a chat imports and opens, beside it.
pub fn with_helpers() -> Folder {
    let folder = Folder::complete();
    folder.write(EX3, IMPORTS);
    for (name, text) in [
        ("helper.py", "    import deeper\n"),
        ("deeper.py", ""),
        ("words.dat", "hello"),
        ("data/words.txt", "hello"),
        ("parts/__init__.py", ""),
        ("parts/net.py", ""),
        ("parts/__pycache__/net.pyc", ""),
    ] {
        folder.write(&format!("session-08/{name}"), text);
    }
    folder
}

pub const HELPERS: [&str; 7] = [
    EX3,
    "session-08/helper.py",
    "session-08/deeper.py",
    "session-08/words.dat",
    "session-08/data/words.txt",
    "session-08/parts/__init__.py",
    "session-08/parts/net.py",
];

#[test]
fn what_a_program_imports_belongs_to_it() {
    for ignored in [
        "helper.py\ndeeper.py\nwords.dat\ndata\nparts\n",
        "helper.py\n",
        "deeper.py\n",
        "*.dat\n",
        "data\n",
        "session-08/parts/net.py\n",
        "parts/\n",
        "",
    ] {
        let folder = with_helpers();
        folder.write(".gitignore", format!("__pycache__/\n{ignored}"));
        if ignored.is_empty() {
            // Not ignored, and not added.
            folder.git(&["init", "-q", "-b", "main"]);
            folder.git(&["add", ".gitignore", EX3, "session-08/IPs.txt", "session-08/Ex2.txt"]);
            folder.git(&["add", "session-08/server.py", "session-08/client.py"]);
            folder.git(&["commit", "-q", "-m", "Session 08"]);
            folder.push();
            folder.assert_open(&["not committed: session-08/data/words.txt, session-08/helper.py, session-08/parts/"]);
        } else {
            folder.commit();
            folder.push();
            folder.assert_open(&[".gitignore keeps out: session-08/"]);
        }
        folder.follow_advice(&HELPERS);
    }
}

/// A program at the top, where nothing else takes its helper along.
#[test]
fn a_helper_is_named_in_the_advice() {
    let folder = Folder::new(&[("Ex3.py", "import helper\n"), ("IPs.txt", IPS)]);
    folder.commit();
    folder.push();
    folder.write("helper.py", "");
    folder.assert_open(&["not committed: helper.py: git add "]);
    folder.follow_advice(&["helper.py"]);
    folder.write(".gitignore", "other.py\n");
    folder.write("other.py", "");
    folder.write("helper.py", "import other\n");
    folder.follow_advice(&["helper.py", "other.py"]);
}

#[test]
fn what_a_program_does_not_import_is_only_noted() {
    let folder = Folder::complete();
    folder.write(EX3, "import socket\nprint('hello from helper.')\n# import todo\n");
    folder.commit();
    folder.push();
    for name in ["helper.py", "todo.py", "socket.txt"] {
        folder.write(&format!("session-08/{name}"), "");
    }
    let (git, _) = folder.git_row();
    assert_eq!(git["state"], "done", "{git:#}");
    assert_found(&git, "note", 0, "other files are not committed");
}

#[test]
fn a_source_of_a_crate_that_is_ignored_is_told() {
    let folder = Folder::complete();
    folder.remove("session-08/server.py");
    folder.write("crates/server/Cargo.toml", "[package]\n");
    folder.write("crates/server/src/main.rs", "mod net;\nfn main() {}\n");
    folder.write("crates/server/src/net/mod.rs", "mod answer;\n");
    folder.write("crates/server/src/net/answer.rs", "");
    folder.write("crates/server/target/debug/made.rs", "");
    folder.write(".gitignore", "answer.rs\ntarget/\n");
    folder.commit();
    folder.push();
    folder.assert_open(&[".gitignore keeps out: crates/server/src/net/answer.rs: "]);
    folder.follow_advice(&["crates/server/src/net/answer.rs"]);
}

/// All of the session is ignored, and nothing is committed yet: `git add session-08` would be refused.
#[test]
fn an_ignored_folder_is_added_by_force() {
    for has_commit in [false, true] {
        let folder = Folder::complete();
        folder.write(".gitignore", "session-08/\n");
        folder.git(&["init", "-q", "-b", "main"]);
        if has_commit {
            folder.git(&["add", ".gitignore"]);
            folder.git(&["commit", "-q", "-m", "first"]);
        }
        folder.git(&["init", "-q", "--bare", "-b", "main", "../remote.git"]);
        folder.git(&["remote", "add", "origin", "../remote.git"]);
        folder.follow_advice(&[EX3]);
    }
}

/// Each language has its own way to name a file.
#[test]
fn the_helpers_of_other_languages_are_known() {
    for (program, text, helper) in [
        ("Ex3.js", "const ask = require('./helper')\n", "helper.js"),
        ("Ex3.mjs", "import ask from './helper.mjs'\n", "helper.mjs"),
        ("Ex3.rb", "require_relative 'helper'\n", "helper.rb"),
        ("Ex3.sh", ". ./helper.sh\n", "helper.sh"),
        ("Ex3.sh", "python3 helper.py $1\n", "helper.py"),
        ("Ex3.c", "#include \"helper.h\"\n", "helper.h"),
        ("Ex3.java", "class Ex3 { Helper own; }\n", "Helper.java"),
        ("Ex3.py", "    importlib.import_module(\"helper\")\n", "helper.py"),
        ("Ex3.rs", "mod helper;\n", "helper.rs"),
    ] {
        let folder = Folder::new(&[(&format!("session-08/{program}"), text)]);
        folder.write(&format!("session-08/{helper}"), "");
        folder.write(".gitignore", format!("{helper}\n"));
        folder.commit();
        folder.push();
        folder.assert_open(&[&format!(".gitignore keeps out: session-08/{helper}")]);
    }
}
