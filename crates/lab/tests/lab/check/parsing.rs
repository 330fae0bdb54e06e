//! What is read from names, lines and from git's status, without a process for each: the sources themselves are in this test.

#[path = "../../../../handin/src/tables/dates.rs"]
mod dates;
#[allow(dead_code, reason = "the tests read a part of it")]
#[path = "../../../../handin/src/deliverables.rs"]
mod deliverables;
#[allow(dead_code, reason = "the tests read a part of it")]
#[path = "../../../../handin/src/filenames.rs"]
mod filenames;
#[allow(dead_code, reason = "the tests read a part of it")]
#[path = "../../../../handin/src/tables/patterns.rs"]
mod patterns;
#[path = "../../../../handin/src/shell.rs"]
mod shell;
#[path = "../../../src/check/git/status.rs"]
mod status;
#[allow(dead_code, reason = "the tests read a part of it")]
#[path = "../../../../handin/src/tables/table_line.rs"]
mod table_line;

use deliverables::{CHAT, CLIENT, Deliverable, IPS, PINGS, SERVER};
use filenames::{Filename, Format};
use patterns::{Hosts, Times, names_a_unit};
use status::Status;
use std::path::{Path, PathBuf};

#[test]
fn every_spelling_is_known() {
    let all: [(&Deliverable, &[&str]); 6] = [
        (&IPS, &["ips", "IPS.TXT", "ips.md", "IPs .txt", "Ex1.txt", "IPs.txt.txt", "S08-IPs.txt"]),
        (&PINGS, &["Ex2.txt", "EX2.TXT", "ex 2.txt", "Ex_2.md", "exercise 2.txt", "Ex.2", "Ex2.docx"]),
        (&PINGS, &["ping_ana.txt", "pings - Ana.txt", "Ejercicio 02.txt"]),
        (&CHAT, &["Ex3.py", "ex-3.py", "exercise 3.py", "chat.py", "Ex3-chat.rs"]),
        (&SERVER, &["Server.PY", "server1.py", "Session8 server.py", "Server Ana García.py", "servidor-ana.rs"]),
        (&CLIENT, &["client.py", "Client_1.py", "client2.py", "client-ana.py"]),
    ];
    for (deliverable, names) in all {
        for name in names {
            assert!(Filename::of_file(name).rank(deliverable).is_some(), "{name}");
        }
    }
}

#[test]
fn other_names_are_others() {
    let all: [(&Deliverable, &[&str]); 5] = [
        (&IPS, &["README.md", "tips.txt", "Ex10.txt", "Ex11.txt", "IPs.txt~", "ips.bak"]),
        (&PINGS, &["Ex20.txt", "Ex3.txt", "mapping.txt"]),
        (&CHAT, &["Ex2.py", "Ex30.py", "chatter.py"]),
        (&SERVER, &["serverless.py", "observer.py", "test_server.py", "serverana.py"]),
        (&CLIENT, &["clients.py", "ex.py"]),
    ];
    for (deliverable, names) in all {
        for name in names {
            let name = Filename::of_file(name);
            assert!(name.rank(deliverable).is_none() || name.format == Format::Other, "{name:?}");
        }
    }
}

#[test]
fn the_session_has_many_names_too() {
    for name in ["session-08", "Session-8", "S08", "s8", "SESSION 08", "session-08-client-server", "Sesión 8"] {
        assert!(Filename::of_folder(name).is_the_session(), "{name}");
    }
    for name in ["session-18", "session-80", "S09", "src", "8", "session"] {
        assert!(!Filename::of_folder(name).is_the_session(), "{name}");
    }
}

#[track_caller]
fn check_addresses(line: &str, expected: &str) {
    let found: Vec<String> = Hosts::of(line)
        .addresses
        .into_iter()
        .map(|address| {
            let ip = address.ip.map_or("none".to_string(), |ip| ip.to_string());
            address.prefix.map_or(ip.clone(), |prefix| format!("{ip}/{prefix}"))
        })
        .collect();
    assert_eq!(found.join(" "), expected, "{line}");
}

#[test]
fn addresses_are_found_wherever_they_stand() {
    check_addresses("| mobile | 10.1.128.39 |", "10.1.128.39");
    check_addresses("10.1.128.39/16, 10.1.3.4.", "10.1.128.39/16 10.1.3.4");
    check_addresses("208.80.154.224)", "208.80.154.224");
    check_addresses("FUENLA212.128.255.129:", "212.128.255.129");
    check_addresses("URJC[212.128.240.50]", "212.128.240.50");
    check_addresses("10.1.128.039", "10.1.128.39");
    check_addresses("10.1.300.4", "none");
    check_addresses("10.1.2.3/255 10.1.2.4/33 ::1/129", "10.1.2.3 10.1.2.4 ::1");
    check_addresses("fe80::3e58:c2ff:fe9f:117e%wlan0", "fe80::3e58:c2ff:fe9f:117e");
    check_addresses("IP:2001:db8::1/64 (home)", "2001:db8::1/64");
    check_addresses("fe80::1: home, fe80::: none", "fe80::1 fe80::");
    check_addresses("::1 and ::ffff:10.0.0.1", "::1 ::ffff:10.0.0.1");
    for line in [
        "10..1.4 1.2.0003.4",
        "25.02.2020",
        "12:30:45",
        "3c:58:c2:9f:11:7e",
        "1.2.3.4.5",
        "10,1,128,39",
        "a::b::c",
        "0.020, 0.017",
    ] {
        check_addresses(line, "");
    }
}

#[track_caller]
fn check_times(text: &str, numbers: usize, has_unit: bool, has_words: bool) {
    let found = Times::of(text);
    assert_eq!(
        (found.numbers.len(), found.has_unit, found.has_words),
        (numbers, has_unit, has_words),
        "{text}: {found:?}"
    );
}

#[test]
fn times_are_found_as_students_write_them() {
    check_times("0.020 ms, 0.017 ms...", 2, true, false);
    check_times("23,2 ms , 36.0 ms", 2, true, false);
    check_times("3ms, 6ms", 2, true, false);
    check_times("3ms,6ms,7ms", 3, true, false);
    check_times("0.041 ms,0.052 ms", 2, true, false);
    check_times("0.041,0.052 ms", 2, true, false);
    check_times("0.041,0.052", 2, false, false);
    check_times("3,4,5...", 3, false, false);
    check_times("3,71 3,83", 2, false, false);
    check_times("3.10, 2.66, 4.14... ms", 3, true, false);
    check_times("0.020 , 0,017", 2, false, false);
    check_times("12.3", 1, false, false);
    check_times("tiempo<1m", 1, true, true);
    check_times("Mínimo = 0ms, Máximo = 16ms, Media = 15ms", 3, true, true);
    check_times("time=0.049 ms)", 1, true, true);
    check_times("5 MS 6 Ms", 2, true, false);
    check_times("0.3) ms", 1, true, false);
    check_times("1.2/1.3/1.4 ms", 3, true, false);
    check_times("[30.1, 30.2] ms", 2, true, false);
    check_times("0.4 \"ms\", 0.5 *ms*, 0.6 miliseconds", 3, true, false);
    check_times("No ping", 0, false, true);
    check_times("f-l3208-pc01", 0, false, true);
    check_times("pc-3208", 0, false, true);
    check_times("3-4 ms", 2, true, false);
    check_times("4G", 0, false, true);
    check_times("100% packet loss", 1, false, true);
    check_times("-", 0, false, false);
    check_times("0.020 ms, 0.017 ms (1 lost)", 3, true, true);
}

#[test]
fn dates_are_known_in_many_forms() {
    for date in [
        "12/03/2020",
        "2020-3-12",
        "03/25/2020",
        "25-02-20",
        "1.3.2024",
        "2020-Feb-25",
        "March 12th",
        "12 april 2020",
        "26 de febrero",
        "29 de febrero",
        "27 de feb de 2020",
        "4 Mayo",
        "29/02/2020",
        "28/3/20 10:30",
        "1st of May 2024",
    ] {
        assert!(dates::is_date(date) && !dates::is_impossible(date), "{date}");
    }
    for date in [
        "31/02/2020",
        "2020-02-30",
        "2020-13-45",
        "45/13",
        "0/5/2024",
        "30 de febrero",
        "29/02/2021",
        "Feb 30",
        "32 May",
        "31-04-20",
        "31st of June 2024",
        "2020/3/0",
    ] {
        assert!(dates::is_impossible(date), "{date}");
    }
    // No date, or not enough of one.
    for text in
        ["today", "Monday", "25/02", "2/05", "March", "02/2020", "week 8", "martes", "20200312", "Marta 2", "10:30"]
    {
        assert!(!dates::is_impossible(text), "{text}");
    }
    for text in ["home", "10.1.3.17", "Wifi", "f-l3208-pc01", "my phone 2", "Mario 3", "4G", "1/2"] {
        assert!(!dates::is_date(text), "{text}");
    }
}

#[test]
fn a_unit_is_known_in_many_spellings() {
    for text in ["Time (s)", "Time[ s ]", "Time/s", "Time (ms)", "in miliseconds", "Tiempo: milisegundos", "3ms", "µs"]
    {
        assert!(names_a_unit(text), "{text}");
    }
    for text in ["Time", "row s", "I'm it's", "microsoft", "Destination IP | Name (if known) | Time"] {
        assert!(!names_a_unit(text), "{text}");
    }
}

#[test]
fn hosts_are_taken_out() {
    for (text, others) in
        [("8.8.8.8 Google 3 ms", "Google 3 ms"), ("www.urjc.es No ping", "No ping"), ("fe80::10.0.0.1 3 ms", "3 ms")]
    {
        assert_eq!(Hosts::of(text).others.trim(), others);
    }
    assert!(Hosts::of(" newdomain.com.au 3").begins_with_name);
    let others = Hosts::of("0.020 ms... Google. f-l3208-pc01, or urjc.es");
    assert_eq!((others.has_name, others.begins_with_name), (true, false));
    assert!(!Hosts::of("0.020 ms... Google. f-l3208-pc01").has_name);
    assert!(!Hosts::of("3 ms...Google").has_name);
}

#[test]
fn every_kind_of_entry_is_read() {
    let output = "# branch.oid 1f\0# branch.head main\0# branch.upstream origin/main\0# branch.ab +2 -1\0\
                1 .M N... 100644 100644 100644 aa bb work/session-08/my IPs.txt\0\
                1 A. N... 000000 100644 100644 00 bb work/new.py\0\
                u UU N... 100644 100644 100644 100644 aa bb cc work/both.py\0\
                ? work/S08/\0? other/x\0! work/target/\0";
    let changed = ["session-08/my IPs.txt", "new.py", "both.py", "S08"].map(PathBuf::from).to_vec();
    let expected = Status {
        commit: Some("1f".to_string()),
        branch: Some("main".to_string()),
        upstream: Some("origin/main".to_string()),
        changed,
        not_added: [PathBuf::from("session-08/my IPs.txt")].into(),
        ignored: vec![PathBuf::from("target")],
    };
    assert_eq!(Status::parse(output, Path::new("work/")), expected);
    assert_eq!(Status::parse("# branch.oid (initial)\0# branch.head (detached)\0", Path::new("")), Status::default());
}

#[track_caller]
fn check_lines(file: &str, expected: &[(usize, &str, Option<&str>)]) {
    let lines = table_line::lines(file.as_bytes(), &["Machine", "Place", "IP"]);
    let found: Vec<_> = lines.iter().map(|line| (line.number, line.text.as_str(), line.value.as_deref())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_cell_is_certain_only_in_a_whole_row_of_the_table() {
    check_lines(
        "Machine | Place | IP\n-----|----|---\nmobile | home | \n\nmobile | 10.1.1.1\n",
        &[(1, "Machine | Place | IP", None), (3, "mobile | home | ", Some("")), (5, "mobile | 10.1.1.1", None)],
    );
}

#[test]
fn other_words_before_a_colon_are_no_columns() {
    check_lines(
        "Mobile: 10.1.1.1\nLaptop: 10.1.1.2\n",
        &[(1, "Mobile: 10.1.1.1", None), (2, "Laptop: 10.1.1.2", None)],
    );
}

#[test]
fn one_value_a_line_is_a_row_too() {
    check_lines("IP: 10.1.1.1\n", &[(1, "IP: 10.1.1.1", None)]);
    check_lines(
        "ONE\nMachine: iphone\nIP: 10.1.1.1\n---\nMachine: pc\n\nIP: \n",
        &[
            (1, "ONE", None),
            (2, "Machine: iphone | IP: 10.1.1.1", Some("10.1.1.1")),
            (5, "Machine: pc | IP: ", Some("")),
        ],
    );
}

#[test]
fn a_path_is_no_option() {
    for (text, typed) in
        [("./S08/IPs.txt", "S08/IPs.txt"), (".", "."), ("-f", "./-f"), (":x", "./:x"), ("../ana", "../ana")]
    {
        assert_eq!(shell::path(Path::new(text)), typed);
    }
    let name = shell::slashes(Path::new("a\\b"));
    assert_eq!(name, if cfg!(windows) { "a/b" } else { "a\\b" }, "elsewhere it is a part of the name");
}
