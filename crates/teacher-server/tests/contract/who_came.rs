//! The table of who came: at the end, on demand, and from logs.

use crate::files::scratch;
#[cfg(unix)]
use crate::running_server::RunningServer;
#[cfg(target_os = "linux")]
use crate::terminal::Keyboard;

#[test]
#[cfg(unix)]
fn at_the_end_it_shows_who_came() {
    let mut server = RunningServer::start(&[]);
    server.ask(b"one");
    server.program.wait_for_stdout("Message from client: one\nWaiting").unwrap();
    server.ask(b"two\nlines");
    server.program.wait_for_stdout("  | lines\nWaiting").unwrap();
    server.program.interrupt().unwrap();
    server.program.wait_for_end().unwrap();
    let stdout = server.program.stdout();
    let totals = "Server stopped by the user\n\nAddresses: 1. Connections: 2, 0 of them without a message. Rejected: 0.\n\n\
                  Address    Name       Connections  Rejected  First     Last      Last message\n\
                  127.0.0.1  localhost            2         0  ";
    let (_, row) = stdout.split_once(totals).unwrap_or_else(|| panic!("{stdout}"));
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert!(matches!(cells[..], [first, last, "two..."] if is_time(first) && is_time(last)), "{row}");
}

/// Whether it is a time of day, as 09:05:59.
#[cfg(unix)]
fn is_time(text: &str) -> bool {
    let numbers: Vec<_> = text.split(':').map(str::parse::<u8>).collect();
    text.len() == 8 && matches!(numbers[..], [Ok(0..24), Ok(0..60), Ok(0..=60)])
}

/// In a network of its own, with a name server that knows the only computer in it.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "needs a network namespace, the commands ip, dnsmasq and nc.openbsd; run by .ci/run"]
fn the_table_at_the_end_has_the_names_that_the_name_server_knows() {
    const SCRIPT: &str = r#"
        ip link set lo up && ip link add v0 type veth peer name v1
        ip addr add 192.0.2.2/24 dev v0 && ip link set v0 up
        mount --bind "$RESOLV" /etc/resolv.conf
        dnsmasq --no-daemon --conf-file=/dev/null --no-resolv --no-hosts --log-queries \
            --host-record=lab1.example,192.0.2.2 2>"$QUERIES" &
        until grep -q ':0035 ' /proc/net/udp; do :; done
        "$0" 192.0.2.2 8080 &
        until printf first | nc.openbsd -N 192.0.2.2 8080; do :; done
        until grep -q 'is lab1.example' "$QUERIES"; do :; done
        # One more conversation takes longer than the answer takes to get into the table.
        printf second | nc.openbsd -N 192.0.2.2 8080
        kill -INT $!; wait $!
    "#;
    let (resolv, queries) = (scratch("resolv"), scratch("queries"));
    std::fs::write(&resolv, "nameserver 127.0.0.1\n").unwrap();
    let mut command = std::process::Command::new("unshare");
    command.args([
        "--map-root-user",
        "--net",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--mount-proc",
        "sh",
        "-c",
    ]);
    command.arg(SCRIPT).arg(assert_cmd::cargo::cargo_bin!()).env("RESOLV", resolv).env("QUERIES", queries);
    let mut server = common::testing::Program::start(command).unwrap();
    let ended = server.wait_for_end();
    assert!(
        server.stdout().contains("192.0.2.2  lab1.example            2         0  ")
            && server.stdout().ends_with("  second\n"),
        "{ended:?} {}",
        server.stdout()
    );
}

/// What the server says after its last words.
#[cfg(unix)]
fn table_at_the_end(server: &mut RunningServer) -> String {
    server.program.interrupt().unwrap();
    assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
    server.program.stdout().split_once("Server stopped by the user\n\n").unwrap().1.to_string()
}

#[test]
#[cfg(unix)]
fn a_connection_without_a_byte_does_not_wipe_the_last_message() {
    let mut server = RunningServer::start(&[]);
    server.ask(b"HELLO");
    server.program.wait_for_stdout("Message from client: HELLO\nWaiting").unwrap();
    server.connect().finish().answer();
    server.program.wait_for_stdout("Message from client: \nWaiting").unwrap();
    let table = table_at_the_end(&mut server);
    assert!(table.starts_with("Addresses: 1. Connections: 2, 1 of them without a message. Rejected: 0.\n"), "{table}");
    assert!(table.ends_with("  HELLO\n"), "{table}");
}

#[test]
#[cfg(target_os = "linux")]
fn enter_and_sigusr1_show_who_came_so_far_and_the_server_goes_on() {
    use nix::sys::signal::{Signal, kill};
    let (server, mut keyboard) = Keyboard::start();
    let pid = nix::unistd::Pid::from_raw(server.program.id().try_into().unwrap());
    kill(pid, Signal::SIGUSR1).unwrap();
    server.program.wait_for_stdout("Nobody has come so far.\n").unwrap();
    server.ask(b"HELLO");
    server.program.wait_for_stdout("Message from client: HELLO\nWaiting").unwrap();
    let tables = |number: usize| move |all: &str| all.matches("Addresses: 1. Connections: 1, 0 ").count() == number;
    kill(pid, Signal::SIGUSR1).unwrap();
    server.program.wait_for_stdout_until("the first table", tables(1)).unwrap();
    keyboard.press("\n");
    server.program.wait_for_stdout_until("the second table", tables(2)).unwrap();
    // Ctrl-D is not the end of a terminal
    keyboard.press("\x04\n");
    server.program.wait_for_stdout_until("the third table", tables(3)).unwrap();
    drop(keyboard);
    assert_eq!(server.ask(b"HELLO"), crate::running_server::GREETING);
}

#[test]
#[cfg(unix)]
fn lines_that_come_through_a_pipe_are_nobodys_enter() {
    let mut server = RunningServer::start(&[]);
    server.ask(b"HELLO");
    server.program.wait_for_stdout("Message from client: HELLO\nWaiting").unwrap();
    server.program.type_in(b"one\ntwo\n").unwrap();
    server.ask(b"again");
    server.program.wait_for_stdout("Message from client: again\nWaiting").unwrap();
    server.program.interrupt().unwrap();
    server.program.wait_for_end().unwrap();
    // The one at the end.
    assert_eq!(server.program.stdout().matches("Addresses: 1.").count(), 1, "{}", server.program.stdout());
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_that_comes_to_the_keyboards_thread_takes_the_keyboard_away_from_nobody() {
    use nix::sys::signal::{Signal, kill};
    let (server, mut pressed) = Keyboard::start();
    server.ask(b"HELLO");
    server.program.wait_for_stdout("Message from client: HELLO\nWaiting").unwrap();
    let threads = std::path::PathBuf::from(format!("/proc/{}/task", server.program.id()));
    let keyboard = std::fs::read_dir(threads)
        .unwrap()
        .map(|thread| thread.unwrap())
        .find(|thread| std::fs::read_to_string(thread.path().join("comm")).unwrap() == "keyboard\n")
        .unwrap();
    // Linux gives a signal for the process to the thread with this number, if it can take it.
    let id = nix::unistd::Pid::from_raw(keyboard.file_name().to_str().unwrap().parse().unwrap());
    kill(id, Signal::SIGUSR1).unwrap();
    server.program.wait_for_stdout("Addresses: 1.").unwrap();
    pressed.press("\n");
    let twice = |all: &str| all.matches("Addresses: 1.").count() == 2;
    server.program.wait_for_stdout_until("the second table", twice).unwrap();
}

#[test]
#[cfg(unix)]
fn a_report_of_the_log_is_the_table_at_the_end() {
    let path = scratch("report");
    let mut server = RunningServer::start(&["--log", path.to_str().unwrap()]);
    for (number, message) in (1..).zip(["first", "", "esc\x1b[2J\nlines", "x"]) {
        server.connect().say(message.as_bytes()).finish().answer();
        let ended = |all: &str| all.matches("Waiting").count() == number + 1;
        server.program.wait_for_stdout_until("its end", ended).unwrap();
    }
    let table = table_at_the_end(&mut server);
    assert_eq!(report(&[&path]), (table, String::new()));
}

/// What `--report` says of these files, on both streams.
fn report(files: &[&std::path::Path]) -> (String, String) {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!();
    let output = command.arg("--report").args(files).timeout(common::testing::TIME_LIMIT).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn several_logs_are_one_class_and_what_is_no_entry_is_told() {
    let entry = |time: &str, number: &str, address: &str, message: &str, ms: u32| {
        let bytes = message.len();
        format!(
            "{{\"time\":\"2026-11-28T{time}Z\",\"number\":{number},\"address\":\"{address}\",\"port\":1,\
             \"bytes\":{bytes},\"message\":\"{message}\",\"outcome\":\"answered\",\"ms\":{ms}}}\n"
        )
    };
    let (first, second) = (scratch("first"), scratch("second"));
    let rejected = entry("09:00:09", "null", "192.0.2.2", "", 0);
    std::fs::write(&first, entry("09:00:07", "2", "192.0.2.1", "last", 1000) + "{\n" + &rejected).unwrap();
    // Its last line was being written when the computer was switched off.
    let cut = &rejected[..40];
    std::fs::write(&second, entry("09:00:05", "1", "192.0.2.1", "first", 2000) + &"x".repeat(30_000) + "\n" + cut)
        .unwrap();
    let (table, notes) = report(&[&first, &second]);
    assert!(table.starts_with("Addresses: 2. Connections: 2, 0 of them without a message. Rejected: 1.\n"), "{table}");
    let rows: Vec<Vec<&str>> = table.lines().skip(3).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0][..4], ["192.0.2.1", "-", "2", "0"]);
    assert!(
        rows[0][4].ends_with(":03") && rows[0][5].ends_with(":06") && rows[0][6] == "last",
        "when they came: {table}"
    );
    assert_eq!(rows[1][..4], ["192.0.2.2", "-", "0", "1"]);
    assert!(notes.contains(" that are left out: 1\n") && notes.contains(" that are left out: 2\n"), "{notes}");
}

#[test]
fn a_report_of_nothing_says_so_and_a_file_that_is_not_there_is_told() {
    let empty = scratch("empty");
    std::fs::write(&empty, "").unwrap();
    assert_eq!(report(&[&empty]), ("Nobody came.\n".to_string(), String::new()));
    let command = assert_cmd::cargo::cargo_bin_cmd!().args(["--report", "no such file"]).output().unwrap();
    assert_eq!(command.status.code(), Some(1));
    assert!(String::from_utf8(command.stderr).unwrap().starts_with("error: no such file could not be read\ncause: "));
}
