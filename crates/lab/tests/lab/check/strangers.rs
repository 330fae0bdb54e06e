//! What git is asked about a repository that is a stranger's: none of its programs is started.

use super::{Folder, assert_found};
use predicates::str::contains;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

/// One that is all committed and pushed, but for a file of the same length, which git has to read.
fn changed(attributes: &[u8]) -> Folder {
    let folder = Folder::complete();
    folder.write(".gitattributes", attributes);
    folder.commit();
    folder.push();
    folder.write("session-08/IPs.txt", super::IPS.replace("192.168.1.36", "192.168.1.37"));
    folder
}

/// A command that leaves a file with this name beside the student's folder.
fn run(folder: &Folder, name: &str) -> String {
    format!("touch {}; cat", mark(folder, name).display())
}

fn mark(folder: &Folder, name: &str) -> PathBuf {
    folder.path().join("../").join(name)
}

#[track_caller]
fn assert_none_was_started(folder: &Folder, names: &[&str]) {
    for name in names {
        assert!(!mark(folder, name).exists(), "{name} was started");
    }
}

/// What git itself would refuse to write.
fn add_to_the_configuration(folder: &Folder, text: &[u8]) {
    let path = folder.path().join(".git/config");
    fs::File::options().append(true).open(path).unwrap().write_all(text).unwrap();
}

const REFUSED: &str = "git is not run any further here: its configuration calls a filter ";

/// `git status` starts the programs of the configuration: a monitor of files, and filters. A hook's variables name other repositories.
#[test]
fn nothing_of_a_strangers_configuration_is_started() {
    let folder = changed(b"* filter=evil\n");
    for (setting, value) in [
        ("core.fsmonitor", run(&folder, "monitor")),
        ("filter.evil.clean", run(&folder, "clean")),
        ("filter.evil.process", run(&folder, "process")),
        ("filter.evil.required", "true".to_string()),
    ] {
        folder.git(&["config", setting, &value]);
    }
    assert_found(&folder.deliverable("git"), "open", 0, "not committed: session-08/IPs.txt");
    assert_none_was_started(&folder, &["monitor", "clean", "process"]);
    let elsewhere = folder.path().join("nowhere");
    let output = folder.check().arg("--json").env("GIT_DIR", elsewhere).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("not committed: session-08/IPs.txt"));
    folder.git(&["config", "filter.a=b.clean", "cat"]);
    let found = folder.deliverable("git");
    assert_found(&found, "open", 0, &format!("{REFUSED}«a=b»"));
    // Git itself would start it.
    assert!(!found["next"].as_str().unwrap().contains("git status"), "{found:#}");
}

/// Read as UTF-8 it is the name of another filter.
#[test]
fn a_filter_with_a_name_that_is_no_text_is_not_started() {
    let folder = changed(b"* filter=\xff\n");
    let command = run(&folder, "clean");
    add_to_the_configuration(&folder, &[b"[filter \"\xff\"]\n\tclean = \"", command.as_bytes(), b"\"\n"].concat());
    let found = folder.deliverable("git");
    assert_none_was_started(&folder, &["clean"]);
    assert_found(&found, "open", 0, &format!("{REFUSED}«\u{fffd}»"));
}

/// Whatever names a program, in whatever file of the configuration: git-config(1), gitattributes(5), githooks(5).
#[test]
fn no_other_way_of_a_stranger_leads_to_a_program() {
    let folder = changed(b"* filter=worktree diff=evil merge=evil\n*.txt filter=included\n*.py filter=\n");
    folder.write("session-08/Ex3.py", "import string\n");
    let git = folder.path().join(".git");
    let mut marks = Vec::new();
    let mut command = |name: &str| {
        marks.push(name.to_string());
        run(&folder, name)
    };
    fs::write(git.join("config.worktree"), format!("[filter \"worktree\"]\nclean = \"{}\"\n", command("worktree")))
        .unwrap();
    fs::write(git.join("included"), format!("[filter \"included\"]\nclean = \"{}\"\n", command("included"))).unwrap();
    let bare =
        format!("[filter \"\"]\nclean = \"{}\"\n[includeIf \"onbranch:main\"]\npath = included\n", command("bare"));
    add_to_the_configuration(&folder, bare.as_bytes());
    for setting in [
        "core.sshCommand",
        "core.pager",
        "core.editor",
        "core.alternateRefsCommand",
        "diff.external",
        "diff.evil.command",
        "diff.evil.textconv",
        "gpg.program",
        "pager.config",
        "pager.status",
        "alias.config",
        "alias.status",
        "hook.evil.command",
        "submodule.sub.update",
    ] {
        let value = command(setting);
        let shell = if setting.starts_with("alias") || setting.starts_with("submodule") { "!" } else { "" };
        folder.git(&["config", setting, &format!("{shell}{value}")]);
    }
    for (setting, value) in [
        ("extensions.worktreeConfig", "true"),
        ("core.hooksPath", "evil"),
        ("hook.evil.event", "post-index-change"),
        ("submodule.recurse", "true"),
        ("status.submoduleSummary", "true"),
        ("core.useBuiltinFSMonitor", "true"),
        ("core.untrackedCache", "true"),
        ("gc.auto", "1"),
    ] {
        folder.git(&["config", setting, value]);
    }
    for hook in ["post-index-change", "fsmonitor-watchman", "reference-transaction", "pre-auto-gc"] {
        for hooks in ["evil", ".git/hooks"] {
            let script = format!("#!/bin/sh\n{}", command(hook));
            folder.write(&format!("{hooks}/{hook}"), script);
            executable(&folder.path().join(hooks).join(hook));
        }
    }
    let found = folder.deliverable("git");
    assert_none_was_started(&folder, &marks.iter().map(String::as_str).collect::<Vec<_>>());
    assert_found(&found, "open", 0, "not committed: session-08/IPs.txt, session-08/Ex3.py: ");
}

/// More is asked where an operation is half done: whether anything is changed at all.
#[test]
fn an_operation_that_is_half_done_starts_nothing_either() {
    let folder = changed(b"* filter=evil diff=evil\n");
    for (setting, name) in [
        ("filter.evil.clean", "clean"),
        ("diff.evil.textconv", "textconv"),
        ("diff.evil.command", "driver"),
        ("diff.external", "external"),
        ("core.fsmonitor", "monitor"),
        ("core.editor", "editor"),
    ] {
        folder.git(&["config", setting, &run(&folder, name)]);
    }
    let head = fs::read(folder.path().join(".git/refs/heads/main")).unwrap();
    folder.write(".git/MERGE_HEAD", head);
    let found = folder.deliverable("git");
    assert_found(&found, "open", 0, "git merge is half done");
    assert_none_was_started(&folder, &["clean", "textconv", "driver", "external", "monitor", "editor"]);
}

/// What a partial clone has left elsewhere would be fetched, by whatever program is said to lead there.
#[test]
fn nothing_is_fetched() {
    for address in ["ext::{}", "ssh://nowhere/x", "evil::x"] {
        let folder = changed(b"");
        let command = run(&folder, "fetched");
        let script = format!("#!/bin/sh\n{command}");
        folder.write("../bin/fetch", &script);
        executable(&folder.path().join("../bin/fetch"));
        let program = folder.path().join("../bin/fetch").display().to_string();
        for (setting, value) in [
            ("core.repositoryFormatVersion", "1"),
            ("extensions.partialClone", "origin"),
            ("remote.origin.promisor", "true"),
            ("remote.origin.partialCloneFilter", "blob:none"),
            ("remote.origin.url", &address.replace("{}", &program)),
            ("core.sshCommand", &program),
            ("protocol.allow", "always"),
            ("protocol.ext.allow", "always"),
        ] {
            folder.git(&["config", setting, value]);
        }
        let objects = folder.path().join(".git/objects");
        fs::remove_dir_all(&objects).unwrap();
        fs::create_dir(&objects).unwrap();
        assert_eq!(folder.deliverable("git")["state"], "wrong", "{address}");
        assert_none_was_started(&folder, &["fetched"]);
    }
}

/// `core.worktree`: git would tell of that folder, which may be anybody's, and not of this one.
#[test]
fn a_repository_of_another_folders_files_is_told() {
    let folder = changed(b"");
    fs::create_dir(folder.path().join("../private")).unwrap();
    folder.git(&["--work-tree", "../private", "checkout", "-q", "HEAD", "--", "."]);
    folder.write("../private/secret", "");
    folder.git(&["config", "core.worktree", "../../private"]);
    let found = folder.deliverable("git");
    assert!(!found.to_string().contains("secret"), "{found:#}");
    let why = "git is not run any further here: its configuration names another folder (core.worktree)";
    assert_found(&found, "open", 0, why);
}

/// It is for `git config` alone: the one command whose answer says what to switch off.
#[test]
fn a_variable_that_names_another_configuration_hides_no_filter() {
    let folder = changed(b"* filter=evil\n");
    folder.git(&["config", "filter.evil.clean", &run(&folder, "clean")]);
    folder
        .check()
        .env("GIT_CONFIG", "/dev/null")
        .assert()
        .code(1)
        .stdout(contains("not committed: session-08/IPs.txt"));
    assert_none_was_started(&folder, &["clean"]);
}

fn executable(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}
