//! Saving: all or nothing, nobody's change lost, and nothing else of the file changed.

use super::{PING, cells};
use common::Problem;
use common::table::{self, Table};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const FILE: &str = "notes\n\n| Destination IP | Name | Time |\n|---|---|---|\n| 8.8.8.8 | | |\n";

/// A folder of its own with `Ex2.txt` in it.
fn folder_with(content: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("Ex2.txt");
    fs::write(&path, content).unwrap();
    (folder, path)
}

fn add(path: &Path, row: &str) -> Result<(), Problem> {
    table::update(path, PING, |table| {
        table.add(&[row]);
        Ok(())
    })
}

fn set(path: &Path, column: usize, text: &str) -> Result<(), Problem> {
    table::update(path, PING, |table| {
        table.set(0, column, text);
        Ok(())
    })
}

fn names_in(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The problem's text, which begins with these words behind the path.
#[track_caller]
fn check_problem<T>(result: Result<T, Problem>, path: &Path, error: &str, other: &str) {
    let problem = result.err().unwrap().to_string();
    assert!(problem.starts_with(&format!("error: {} {error}\n", path.display())), "{problem}");
    assert!(problem.contains(other), "{problem}");
}

#[test]
fn a_file_that_is_not_there_is_created_whole() {
    let (folder, path) = folder_with(b"");
    fs::remove_file(&path).unwrap();
    add(&path, "8.8.8.8").unwrap();
    let table = table::read(&path, PING).unwrap().unwrap();
    assert_eq!(cells(&table, PING), [["8.8.8.8", "", ""]]);
    assert_eq!(names_in(&folder), ["Ex2.txt"]);
}

#[test]
fn a_table_is_added_below_a_file_that_has_none() {
    for (content, between) in [("", ""), ("notes", "\n\n"), ("notes\r\n", "\r\n"), ("notes\n\n", ""), ("\u{feff}", "")]
    {
        let (_folder, path) = folder_with(content.as_bytes());
        assert!(table::read(&path, PING).unwrap().is_none());
        add(&path, "8.8.8.8").unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(&format!("{content}{between}| Destination IP |")), "{text:?}");
        assert_eq!(text.contains("|\r\n"), content.contains('\r'), "{text:?}");
    }
}

#[test]
fn where_nothing_changes_nothing_is_written() {
    let (_folder, path) = folder_with(FILE.as_bytes());
    let before = same_file::Handle::from_path(&path).unwrap();
    set(&path, 0, "8.8.8.8").unwrap();
    let failed: Result<(), _> = table::update(&path, PING, |table| {
        table.set(0, 0, "1.1.1.1");
        Err(Problem::new("no", "no", "no"))
    });
    assert!(failed.is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), FILE);
    assert_eq!(same_file::Handle::from_path(&path).unwrap(), before, "it was not even replaced");

    let missing = path.with_file_name("missing.txt");
    table::update(&missing, PING, |_| Ok(())).unwrap();
    assert!(!missing.exists());
}

/// A writer among several may have to wait for longer than a program has patience: 5 seconds each time.
fn add_at_last(path: &Path, row: &str) {
    let is_busy = |added: &Result<(), Problem>| {
        added.as_ref().is_err_and(|problem| problem.to_string().contains("is being written by another program"))
    };
    (0..12).map(|_| add(path, row)).find(|added| !is_busy(added)).expect("nobody holds the lock for a minute").unwrap();
}

#[test]
fn many_writers_at_once_lose_nothing() {
    for content in [Some(FILE), None] {
        let (folder, path) = folder_with(FILE.as_bytes());
        if content.is_none() {
            fs::remove_file(&path).unwrap();
        }
        std::thread::scope(|scope| {
            for writer in 0..6 {
                let path = &path;
                scope.spawn(move || (0..6).for_each(|number| add_at_last(path, &format!("{writer}.{number}"))));
            }
        });
        let table = table::read(&path, PING).unwrap().unwrap();
        let mut rows: Vec<_> = (0..table.row_count()).map(|row| table.cell(row, 0).to_string()).collect();
        rows.sort();
        let mut expected: Vec<_> = (0..36).map(|number| format!("{}.{}", number / 6, number % 6)).collect();
        expected.extend(content.map(|_| "8.8.8.8".to_string()));
        expected.sort();
        assert_eq!(rows, expected);
        assert_eq!(names_in(&folder), ["Ex2.txt"], "nothing else is left");
    }
}

#[test]
fn a_lock_that_is_never_released_is_told() {
    let (_folder, path) = folder_with(FILE.as_bytes());
    let held = fs::File::open(&path).unwrap();
    fs4::FileExt::lock(&held).unwrap();
    let (error, other) = ("is being written by another program", "not released in 5 seconds");
    check_problem(add(&path, "x"), &path, error, other);
    drop(held);
    assert_eq!(fs::read_to_string(&path).unwrap(), FILE);
}

#[test]
fn only_on_windows_a_lock_keeps_readers_out() {
    let (_folder, path) = folder_with(FILE.as_bytes());
    let held = fs::File::open(&path).unwrap();
    fs4::FileExt::lock(&held).unwrap();
    let read = table::read(&path, PING);
    if cfg!(windows) {
        check_problem(read, &path, "is being written by another program", "not released in 5 seconds");
    } else {
        assert!(read.unwrap().is_some());
    }
}

/// A spreadsheet or an editor: Windows replaces such a file nowhere, or not everywhere, and other systems do.
#[test]
fn a_file_that_another_program_has_open_is_saved_or_told_as_open() {
    let (folder, path) = folder_with(FILE.as_bytes());
    let open = fs::File::open(&path).unwrap();
    if let Err(problem) = add(&path, "1.1.1.1") {
        let may_refuse = cfg!(windows);
        assert!(may_refuse, "{problem}");
        assert!(problem.next().starts_with("close that program"), "{problem}");
    }
    drop(open);
    add(&path, "2.2.2.2").unwrap();
    assert!(fs::read_to_string(&path).unwrap().contains("2.2.2.2"));
    assert_eq!(names_in(&folder), ["Ex2.txt"], "nothing else is left");
}

#[test]
fn what_is_no_table_in_utf8_is_refused_and_left_alone() {
    let utf16: Vec<u8> = "\u{feff}|Destination IP|Name|Time|\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let large = vec![b'\n'; 1024 * 1024 + 1];
    for (content, error, other) in [
        (utf16, "is not saved as UTF-8", "save it as UTF-8"),
        (large, "is too long for one of the lesson's files", "more than 1048576 bytes"),
    ] {
        let (_folder, path) = folder_with(&content);
        check_problem(table::read(&path, PING), &path, error, other);
        check_problem(add(&path, "x"), &path, error, other);
        assert_eq!(fs::read(&path).unwrap(), content);
    }
}

#[test]
fn a_table_does_not_grow_beyond_what_can_be_read_again() {
    let (_folder, path) = folder_with(&vec![b'\n'; 1024 * 1024]);
    check_problem(add(&path, "x"), &path, "is too long for one of the lesson's files", "1048576");
}

#[test]
fn folders_and_what_is_missing_are_told() {
    let (folder, _) = folder_with(b"");
    check_problem(table::read(folder.path(), PING), folder.path(), "could not be read", "name a file in it");
    check_problem(add(folder.path(), "x"), folder.path(), "could not be written", "name a file in it");
    let missing = folder.path().join("missing/Ex2.txt");
    check_problem(table::read(&missing, PING), &missing, "could not be read", "check how the name is written");
    check_problem(add(&missing, "x"), &missing, "could not be written", "create its folder first");
}

#[cfg(unix)]
mod on_unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    use std::process::Command;
    use std::time::{Duration, SystemTime};

    #[test]
    fn the_mode_stays() {
        for mode in [0o600, 0o664, 0o755] {
            let (_folder, path) = folder_with(FILE.as_bytes());
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            add(&path, "x").unwrap();
            assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, mode);
        }
    }

    #[test]
    fn a_file_that_is_read_only_stays_as_it_is() {
        let (_folder, path) = folder_with(FILE.as_bytes());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
        check_problem(
            add(&path, "x"),
            &path,
            "could not be written",
            "is it write-protected? name a file of your own, in a folder of your own",
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), FILE);
    }

    #[test]
    fn a_link_stays_a_link() {
        let (folder, path) = folder_with(FILE.as_bytes());
        let (link, dangling) = (folder.path().join("link"), folder.path().join("dangling"));
        symlink("Ex2.txt", &link).unwrap();
        symlink("new.txt", &dangling).unwrap();
        add(&link, "x").unwrap();
        add(&dangling, "y").unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("| x "));
        assert!(fs::read_to_string(folder.path().join("new.txt")).unwrap().contains("| y "));
        assert!([link, dangling].iter().all(|path| path.is_symlink()));
    }

    #[test]
    fn a_pipe_is_not_waited_for() {
        let (folder, _) = folder_with(b"");
        let pipe = folder.path().join("pipe");
        nix::unistd::mkfifo(&pipe, nix::sys::stat::Mode::S_IRWXU).unwrap();
        check_problem(table::read(&pipe, PING), &pipe, "could not be read", "a pipe or a device");
        check_problem(add(&pipe, "x"), &pipe, "could not be written", "a pipe or a device");
    }

    #[test]
    fn what_a_killed_program_left_behind_is_removed_and_nothing_else() {
        let (folder, path) = folder_with(FILE.as_bytes());
        let old = SystemTime::now() - Duration::from_secs(3600);
        for (name, time) in [(".Ex2.txt.saving-1", old), (".Ex2.txt.saving-2", SystemTime::now()), (".mine", old)] {
            fs::File::create(folder.path().join(name)).unwrap().set_modified(time).unwrap();
        }
        add(&path, "x").unwrap();
        assert_eq!(names_in(&folder), [".Ex2.txt.saving-2", ".mine", "Ex2.txt"]);
    }

    /// A file in a student's folder stays the student's when the administrator saves.
    #[test]
    #[ignore = "needs root; run by .ci/run"]
    fn the_owner_stays() {
        let (folder, path) = folder_with(FILE.as_bytes());
        std::os::unix::fs::chown(folder.path(), Some(1234), Some(1235)).unwrap();
        std::os::unix::fs::chown(&path, Some(1234), Some(1236)).unwrap();
        add(&path, "x").unwrap();
        let new = path.with_file_name("new.txt");
        add(&new, "x").unwrap();
        let owner = |path: &Path| fs::metadata(path).map(|found| (found.uid(), found.gid())).unwrap();
        assert_eq!((owner(&path), owner(&new)), ((1234, 1236), (1234, 1235)));
    }

    /// Of a file that a team shares each member becomes the owner by saving. It stays the team's, so that the others can save
    /// it again.
    #[test]
    #[ignore = "needs root and setpriv; run by .ci/run"]
    fn the_group_stays_when_a_teammate_saves() {
        const FILE_OF_TEAM: &str = "FILE_OF_TEAM";
        if let Some(path) = std::env::var_os(FILE_OF_TEAM) {
            return add(Path::new(&path), "x").unwrap();
        }
        // Where everybody may go, unlike to the folder of the build: the file, and this program for the teammate to run.
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("program");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        let path = folder.path().join("Ex2.txt");
        fs::write(&path, FILE).unwrap();
        std::os::unix::fs::chown(&path, Some(1001), Some(2000)).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();

        let mut teammate = Command::new("setpriv");
        teammate.args(["--reuid=1002", "--regid=1002", "--groups=2000", "--"]).arg(program).env(FILE_OF_TEAM, &path);
        teammate.args(["the_group_stays_when_a_teammate_saves", "--ignored"]).current_dir(folder.path());
        let output = teammate.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        let saved = fs::metadata(&path).unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("| x "), "the teammate has saved");
        assert_eq!((saved.uid(), saved.gid(), saved.mode() & 0o7777), (1002, 2000, 0o664));
    }
}

/// `read` and `update` see the same table.
#[test]
fn what_was_saved_is_read() {
    let (_folder, path) = folder_with(FILE.as_bytes());
    set(&path, 1, "Google").unwrap();
    let bytes = fs::read(&path).unwrap();
    assert!(bytes.starts_with(b"notes\n\n"));
    assert_eq!(cells(&Table::parse(&bytes, PING).unwrap(), PING), [["8.8.8.8", "Google", ""]]);
}

/// What the user's umask leaves of it: others of a course's group may read the table, as they may read any new file.
#[test]
#[cfg(unix)]
fn a_new_table_has_the_mode_of_any_new_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (table, any) = (folder.path().join("Ex2.txt"), folder.path().join("any.txt"));
    add(&table, "8.8.8.8").unwrap();
    fs::write(&any, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&table), mode(&any));
}
