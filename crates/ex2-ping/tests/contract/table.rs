//! `--table`: the destinations of Ex2.txt, side by side.

use crate::support::running::{ping, stdout_of, without_numbers};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const HEADER: &str = "| Destination IP | Name (if known) | Time |\n|---|---|---|\n";

/// "default `session-08/Ex2.txt`", of this folder or of one above.
#[test]
fn without_a_file_it_is_the_courses_table() {
    let course = tempfile::tempdir().unwrap();
    let folder = course.path().join("session-08");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("Ex2.txt"), format!("{HEADER}| 127.0.0.1 | Self | |\n")).unwrap();
    for place in [course.path(), &folder] {
        let mut ping = ping();
        ping.args(["--table", "-c", "1"]).current_dir(place).assert().code(0).stderr(contains("session-08"));
    }
    assert!(fs::read_to_string(folder.join("Ex2.txt")).unwrap().contains(" ms "));
    ping().arg("--table").current_dir("/").assert().code(1).stderr(contains("Ex2.txt was not found\n"));
}

/// A file with this text, in a folder that is removed with the first value.
fn file(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Ex2.txt");
    fs::write(&path, text).unwrap();
    (folder, path)
}

/// The file after a run with these rows: its lines without numbers.
fn filled(rows: &str, code: i32) -> Vec<String> {
    let (_folder, path) = file(&format!("{HEADER}{rows}"));
    // The last reply is waited for as long as an interval at least: a busy computer takes its time.
    stdout_of(&["--table", path.to_str().unwrap(), "-i", "0.5", "-W", "5"], code);
    without_numbers(&fs::read_to_string(path).unwrap()).lines().skip(2).map(str::to_string).collect()
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

const TIMES: &str = "# ms, # ms, # ms, # ms";

/// "fills in names and times": the IP is the destination, and a name that is there stays.
#[test]
fn a_name_that_the_student_wrote_stays() {
    assert_eq!(cells(&filled("| 127.0.0.1 | Self |  |\n", 0)[0]), ["#", "Self", TIMES]);
}

/// The lesson's rows without an IP: the name is looked up.
#[test]
fn an_ip_that_is_missing_is_filled_in() {
    let (_folder, path) = file(&format!("{HEADER}|  | localhost | |\n"));
    stdout_of(&["--table", path.to_str().unwrap(), "-4", "-c", "1"], 0);
    let after = fs::read_to_string(path).unwrap();
    let row = cells(after.lines().nth(2).unwrap());
    assert!(row[..2] == ["127.0.0.1", "localhost"] && row[2].ends_with(" ms"), "{after}");
}

/// "A row whose name can't be resolved keeps its place", with the reason.
#[test]
fn a_row_that_cannot_be_pinged_keeps_its_place_and_gets_the_reason() {
    let name = format!("{}.invalid", "a".repeat(64));
    let rows = filled(
        &format!("| | {name} | old |\n| 127.0.0.300 | Typo | |\n| 224.0.0.1 | Group |\n| 127.0.0.1 | Self | |\n"),
        0,
    );
    let rows: Vec<_> = rows.iter().map(|row| cells(row)).collect();
    assert_eq!(rows[0], ["", &name, "no computer is known by this name"]);
    assert_eq!(rows[1], ["#", "Typo", "it is no address"]);
    assert_eq!(rows[2], ["#", "Group", "it is not one computer"]);
    assert_eq!(rows[3], ["#", "Self", TIMES]);
}

/// A terminal has 80 columns, and the cell beside a reason says whose it is. What the reason leaves out is told below the table.
#[test]
fn a_reason_does_not_repeat_the_cell_beside_it() {
    let rows =
        "| | newdomain-com.a..invalid | |\n| 127.0.0.300 | f-l3208-pc01 | |\n| 255.255.255.255 | f-l3208-pc01 | |\n";
    let (_folder, path) = file(&format!("{HEADER}{rows}"));
    let output = ping().args(["--table", path.to_str().unwrap()]).output().unwrap();
    let (table, stderr) = (fs::read_to_string(&path).unwrap(), String::from_utf8(output.stderr).unwrap());
    for host in ["newdomain-com.a..invalid", "127.0.0.300", "255.255.255.255"] {
        assert_eq!(table.matches(host).count(), 1, "{table}");
    }
    assert!(table.lines().all(|line| line.chars().count() <= 80 + 8), "the name has 8 letters more: {table}");
    assert!(
        stderr.contains("note: 127.0.0.300: it is no address: an IPv4 address has four numbers from 0 to 255"),
        "{stderr}"
    );
}

/// "Exit 0 with any reply, 1 with none"
#[test]
fn without_any_reply_the_exit_code_is_1() {
    assert_eq!(cells(&filled("| 224.0.0.1 | Group | |\n", 1)[0]), ["#", "Group", "it is not one computer"]);
}

/// "Saving keeps every line that it does not own"
#[test]
fn all_other_lines_stay_as_they_are() {
    let text = "Ex 2, by Ana\r\n\r\nDestination IP\tName (if known)\tTime\r\n";
    let (_folder, path) =
        file(&format!("{text}{HEADER}| 127.0.0.1 | Self |\n| ... | ... | ... |\n\n* it was fast\t\n| a | b |"));
    stdout_of(&["--table", path.to_str().unwrap(), "-c", "1"], 0);
    let after = fs::read_to_string(path).unwrap();
    assert!(after.starts_with(text), "{after}");
    assert!(after.contains("| ...            | ...             | ..."), "{after}");
    assert!(after.ends_with("\n\n* it was fast\t\n| a | b |"), "{after}");
}

#[test]
fn rows_that_say_the_same_are_all_pinged() {
    let rows = filled("| 127.0.0.1 | Self | |\n| 127.0.0.1 | Self | |\n", 0);
    assert!(rows.iter().all(|row| cells(row)[2] == TIMES), "{rows:?}");
}

/// The table is shown as well, what is in it made safe.
#[test]
fn the_result_is_shown_and_nothing_in_the_file_reaches_the_terminal_raw() {
    let (_folder, path) = file(&format!("{HEADER}| 127.0.0.1 | S\u{1b}[2Jelf | |\n"));
    let output = ping().args(["--table", path.to_str().unwrap(), "-c", "1"]).output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert!(stdout.contains(r"| 127.0.0.1      | S\x1b[2Jelf"), "{stdout}");
    assert!(!stdout.contains('\u{1b}'));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(stderr, format!("saved in {}\n", path.display()));
}

/// "`--json` … prints JSON and only JSON on stdout."
#[test]
fn json_of_a_table_is_an_array() {
    let (_folder, path) = file(&format!("{HEADER}| 127.0.0.1 | Self | |\n| 224.0.0.1 | Group | |\n"));
    let stdout = stdout_of(&["--json", "--table", path.to_str().unwrap(), "-c", "2", "-i", "0.01"], 0);
    let rows: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((&rows[0]["name"], &rows[0]["address"]), (&"Self".into(), &"127.0.0.1".into()));
    assert_eq!(rows[0]["times_ms"].as_array().unwrap().len(), 2);
    assert_eq!((&rows[0]["reason"], &rows[1]["reason"]), (&serde_json::Value::Null, &"it is not one computer".into()));
}

/// "Text that came over the network is never printed raw", and a file is somebody's too.
#[test]
fn json_holds_nothing_that_a_terminal_could_obey() {
    let (_folder, path) = file(&format!("{HEADER}| 224.0.0.1 | right\u{202e}left\u{9b}2J | |\n"));
    let stdout = stdout_of(&["--json", "--table", path.to_str().unwrap()], 1);
    assert!(stdout.trim_end().chars().all(common::text::is_safe), "{stdout:?}");
    let rows: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert!(rows[0]["name"].as_str().unwrap().starts_with("right\u{202e}left"), "{rows}");
}

#[test]
fn a_file_that_is_not_there_or_has_no_table_is_told_and_nothing_is_written() {
    let (folder, path) = file("only notes\n");
    ping()
        .arg("--table")
        .arg(&path)
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains(" has no destination to ping\ncause: "));
    assert_eq!(fs::read_to_string(&path).unwrap(), "only notes\n");
    let missing = folder.path().join("missing.txt");
    ping()
        .arg("--table")
        .arg(&missing)
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("missing.txt").and(contains("\nnext:  ")));
    assert!(!missing.exists());
}

/// It is told before anything is pinged.
#[test]
fn a_table_that_cannot_be_read_for_certain_is_refused() {
    for (table, line) in [
        (format!("{HEADER}| 127.0.0.1 | Self | |\n\n{HEADER}| 127.0.0.1 | Self | |\n"), 5),
        ("Destination IP   Name   Time\n127.0.0.1   Self\n127.0.0.2      second   1 ms\n".to_string(), 2),
    ] {
        let (_folder, path) = file(&table);
        let error = ping().arg("--table").arg(&path).assert().code(1).stdout("");
        error.stderr(contains(" is left as it is: ").and(contains(format!("\ncause: line {line} "))));
        assert_eq!(fs::read_to_string(&path).unwrap(), table);
    }
}

/// As a spreadsheet writes it, and as an old Mac ends its lines.
#[test]
fn the_table_of_a_spreadsheet_is_filled_in() {
    for table in [
        "Destination IP\tName (if known)\tTime\n127.0.0.1\tSelf\t\n",
        "Destination IP;Name (if known);Time\r127.0.0.1;Self;\r",
        "Destination IP,Name (if known),Time\n127.0.0.1,Self,\"1 ms, 2 ms\"\n",
    ] {
        let (_folder, path) = file(table);
        stdout_of(&["--table", path.to_str().unwrap(), "-c", "2", "-i", "0.01"], 0);
        let after = without_numbers(&fs::read_to_string(&path).unwrap()).replace('\r', "\n");
        let row = after.lines().nth(2).unwrap_or_else(|| panic!("{after}"));
        assert_eq!(cells(row), ["#", "Self", "# ms, # ms"]);
    }
}

#[test]
fn a_table_with_too_many_destinations_is_told() {
    let (_folder, path) = file(&format!("{HEADER}{}", "| 127.0.0.1 | Self | |\n".repeat(65)));
    ping()
        .arg("--table")
        .arg(&path)
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("has too many destinations\ncause: 65"));
}

/// On Linux all of 127.0.0.0/8 is this computer.
#[test]
#[cfg(target_os = "linux")]
fn as_many_destinations_as_are_allowed_are_pinged_at_once() {
    let rows: Vec<String> = (1..=64).map(|number| format!("| 127.0.0.{number} | Self | |\n")).collect();
    let rows = filled(&rows.concat(), 0);
    let without: Vec<_> = rows.iter().filter(|row| cells(row)[2] != TIMES).collect();
    assert!(without.is_empty(), "{without:?}");
}

/// "Bad input, … nothing lost": it is told before anything is pinged.
#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_written_is_told_at_once() {
    let (_folder, path) = file(&format!("{HEADER}| 127.0.0.1 | Self | |\n"));
    let read_only = std::os::unix::fs::PermissionsExt::from_mode(0o444);
    fs::set_permissions(&path, read_only).unwrap();
    if fs::OpenOptions::new().write(true).open(&path).is_ok() {
        // Root may write everything; virtual_lab has the same test for an ordinary user.
        return;
    }
    ping().arg("--table").arg(&path).assert().code(1).stdout("").stderr(contains(" could not be written\ncause: "));
}

/// A computer without room for a row says so in that row, and pings the others.
#[test]
#[cfg(target_os = "linux")]
fn rows_for_which_there_is_no_room_say_so_and_the_others_have_their_times() {
    let rows: Vec<String> = (1..=64).map(|number| format!("| 127.0.0.{number} | Self | |\n")).collect();
    let (_folder, path) = file(&format!("{HEADER}{}", rows.concat()));
    let mut shell = assert_cmd::Command::new("sh");
    shell
        .args(["-c", "ulimit -n 40; exec \"$0\" --table \"$1\""])
        .arg(assert_cmd::cargo::cargo_bin!("ex2-ping"))
        .arg(&path);
    shell.timeout(common::testing::TIME_LIMIT).assert().code(0);
    let table = fs::read_to_string(&path).unwrap();
    assert_eq!(table.lines().count(), 66, "{table}");
    let (with, without): (Vec<_>, Vec<_>) = table.lines().skip(2).map(cells).partition(|row| row[2].ends_with(" ms"));
    assert!(!with.is_empty() && !without.is_empty(), "{table}");
    assert!(without.iter().all(|row| row[2].contains(" could not be ") || row[2].contains("no room")), "{table}");
}

#[test]
fn more_times_than_a_cell_has_room_for_are_refused() {
    ping().args(["--table", "Ex2.txt", "-c", "101"]).assert().code(2).stderr(contains("write -c 100 or less"));
}

/// Cells of signs are empty ones.
#[test]
fn a_sign_instead_of_an_ip_is_none() {
    for sign in ["?", "-", "..."] {
        let (_folder, path) = file(&format!("{HEADER}| {sign} | localhost | |\n"));
        stdout_of(&["--table", path.to_str().unwrap(), "-4", "-c", "1"], 0);
        let table = fs::read_to_string(path).unwrap();
        assert!(table.contains(" localhost ") && table.contains(" ms |"), "{table}");
    }
}

/// The file is the student's: it may change while the pings run. What is still there gets its times, and the rest is told.
#[test]
#[cfg(unix)]
fn a_row_that_is_gone_when_its_times_are_saved_is_told() {
    let (_folder, path) =
        file(&format!("{HEADER}| 127.0.0.1 | Self | |\n| 127.0.0.1 | second | |\n| | localhost | |\n"));
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("ex2-ping"));
    command.arg("--table").arg(&path).args(["-4", "-n", "-c", "10", "-i", "0.2", "--json"]);
    let mut ping = common::testing::Program::start(command).unwrap();
    let id = ping.id();
    // It has read the table when it has a thread for each row.
    if cfg!(target_os = "linux") {
        let tasks = || Some(fs::read_dir(format!("/proc/{id}/task")).ok()?.count());
        common::testing::poll("its threads", || tasks().filter(|&count| count >= 5)).unwrap();
    }
    let changed = format!("{HEADER}| 127.0.0.1 | The teacher | |\n| | localhost | |\n");
    fs::write(&path, changed).unwrap();
    let code = ping.wait_for_end().unwrap().code();
    let table = fs::read_to_string(&path).unwrap();
    let rows: Vec<_> = table.lines().skip(2).map(cells).collect();
    assert!(rows.iter().all(|row| row[2].ends_with(" ms")), "{table}");
    assert_eq!((rows[0][1], rows[1][1]), ("The teacher", "localhost"));
    assert_eq!(code, Some(1), "{}", ping.stderr());
    assert!(ping.stderr().starts_with("error: not every row could be saved in "), "{}", ping.stderr());
    assert!(ping.stderr().contains("not found any more: 127.0.0.1\n"), "{}", ping.stderr());
}

/// "A reader that goes away (`| head -1`) ends the program quietly", and nothing is lost.
#[test]
#[cfg(unix)]
fn a_table_whose_reader_goes_away_is_saved_all_the_same() {
    for (redirection, code) in [("| true", 0), (">/dev/full", 1)] {
        if redirection.contains("full") && !cfg!(target_os = "linux") {
            continue;
        }
        let (_folder, path) = file(&format!("{HEADER}| 127.0.0.1 | Self | |\n"));
        let mut shell = assert_cmd::Command::new("sh");
        shell.args(["-c", &format!("\"$0\" --table \"$1\" -c 1 {redirection}")]);
        shell.arg(assert_cmd::cargo::cargo_bin!("ex2-ping")).arg(&path);
        shell.timeout(common::testing::TIME_LIMIT).assert().code(code);
        assert!(fs::read_to_string(path).unwrap().contains(" ms |"), "{redirection}");
    }
}

/// A terminal without UTF-8 would show three strange letters for each of the progress line's.
#[cfg(target_os = "linux")]
#[test]
fn without_utf8_the_progress_is_drawn_in_ascii() {
    let (_folder, path) = file("| Destination IP | Name (if known) | Time |\n|---|---|---|\n| 127.0.0.1 | | |\n");
    let typed = format!("'{}' -c 2 -i 0.3 --table '{}'", assert_cmd::cargo::cargo_bin!().display(), path.display());
    let mut command = std::process::Command::new("script");
    command.args(["--quiet", "--return", "--command", &typed, "/dev/null"]).env("TERM", "xterm");
    let shown_in = |command: &mut std::process::Command, locale| {
        String::from_utf8(command.env("LC_ALL", locale).output().unwrap().stdout).unwrap()
    };
    let shown = shown_in(&mut command, "C");
    assert!(shown.contains(" of 1 destinations done"), "{shown:?}");
    assert!(shown.is_ascii(), "{shown:?}");
    assert!(!shown_in(&mut command, "C.UTF-8").is_ascii(), "with UTF-8 it is drawn as ever");
}
