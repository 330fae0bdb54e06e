//! Files that nobody wrote for the lesson. The folder may be a stranger's.

use super::{Folder, IPS, PINGS, PROGRAM, assert_found};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;
use std::fs::{self, File};

#[test]
fn a_huge_file_is_not_read() {
    let folder = Folder::complete();
    for name in ["IPs.txt", "Ex2.txt", "Ex3.py"] {
        let file = File::create(folder.path().join("session-08").join(name)).unwrap();
        file.set_len(10 * 1024 * 1024 * 1024).unwrap();
    }
    assert_found(
        &folder.deliverable("IPs"),
        "open",
        0,
        "is too long for one of the lesson's files: it has more than 1048576 bytes",
    );
    assert_found(&folder.deliverable("Ex2"), "open", 0, "is too long");
    assert_found(&folder.deliverable("chat"), "open", 0, "it has more than 1048576 bytes");
}

/// As long as a file may be, with a row in each line: nothing takes a time that grows with its square.
#[test]
fn a_large_file_takes_no_time() {
    let folder = Folder::complete();
    for row in [
        "x|1.2.3.4|3\n",
        "IP: 1\n",
        "a  b 255.255.255.0\n",
        "8.8.8.8 3ms\n",
        "::::::::::::::::",
        "1.1.1.1.1.1.1.1",
        "\r",
        "Destination IP\tName\tTime\ntext\n",
        "Machine;Interface;Date;Place;IP\n\n",
        "> > > > > > > > > ",
        "\"",
    ] {
        let many = row.repeat(1_000_000 / row.len());
        folder.write("session-08/IPs.txt", format!("{IPS}{many}"));
        folder.write("session-08/Ex2.txt", format!("{PINGS}{many}"));
        folder.check().assert().code(1);
    }
}

/// Many files that may be the table, each as long as a file may be.
#[test]
fn many_large_files_take_no_time() {
    let folder = Folder::complete();
    folder.remove("session-08/Ex2.txt");
    let many = "x|1.2.3.4|3\n".repeat(1_000_000 / 12);
    for number in 0..40 {
        folder.write(&format!("session-08/Ex2_x{number}.txt"), &many);
        folder.write(&format!("session-08/Ex3_x{number}.py"), "");
    }
    folder.remove("session-08/Ex3.py");
    let json = folder.json();
    for deliverable in &json["deliverables"].as_array().unwrap()[1..3] {
        assert_found(deliverable, "note", 0, "35 more files have such a name, and were not read");
    }
}

/// What stands behind the beginning of a file is not looked at.
#[test]
fn of_a_table_only_the_beginning_is_read() {
    let folder = Folder::complete();
    let filler = format!("{}\n", "-".repeat(4_000)).repeat(17);
    folder.write("session-08/IPs.txt", format!("{filler}{IPS}"));
    assert_found(&folder.deliverable("IPs"), "note", 0, "only its first 64 KiB were read");
    assert_found(&folder.deliverable("IPs"), "open", 0, "it has no row of the lesson's table");
}

#[test]
fn what_is_not_utf_8_is_read_all_the_same() {
    let folder = Folder::complete();
    let latin = |text: &str| text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect::<Vec<u8>>();
    folder.write("session-08/IPs.txt", latin(&IPS.replace("mobile", "móvil")));
    folder.write("session-08/Ex2.txt", latin(&PINGS.replace("no answer", "no contestó")));
    folder.write("session-08/Ex3.py", latin(&format!("# señal\n{PROGRAM}")));
    for name in ["IPs", "Ex2", "chat"] {
        assert_eq!(folder.deliverable(name)["state"], "done", "{name}");
    }
    let utf_16: Vec<u8> = IPS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    folder.write("session-08/IPs.txt", [b"\xff\xfe".to_vec(), utf_16].concat());
    assert_found(&folder.deliverable("IPs"), "open", 0, "is not saved as UTF-8: it begins with the mark of UTF-16");
}

#[test]
fn what_cannot_be_seen_is_shown_as_an_escape() {
    let folder = Folder::complete();
    let evil = "\u{1b}[2Jdone\u{202e}";
    folder.write("session-08/IPs.txt", IPS.replace("10.7.33.225", "").replace("2024-03-02", evil));
    folder
        .write("session-08/Ex2.txt", PINGS.replace("4.31 ms, 4.53 ms", "").replace("Google", &format!("Google{evil}")));
    folder.commit();
    folder.git(&["remote", "add", "origin", "../remote.git"]);
    for json in [false, true] {
        let mut check = folder.check();
        if json {
            check.arg("--json");
        }
        check.assert().code(1).stdout(contains("\u{1b}").not().and(contains("\u{202e}").not()));
    }
    assert_found(&folder.deliverable("IPs"), "open", 4, r"\x1b[2Jdone\u{202e}");
}

#[test]
fn a_folder_in_the_place_of_a_file_is_no_file() {
    let folder = Folder::complete();
    folder.remove("session-08/IPs.txt");
    fs::create_dir(folder.path().join("session-08/IPs.txt")).unwrap();
    assert_eq!(folder.deliverable("IPs")["state"], "missing");
}

#[cfg(unix)]
mod on_unix {
    use super::{File, Folder, IPS, PINGS, PROGRAM, assert_found, contains, fs};
    use std::ffi::OsStr;
    use std::ops::Range;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_pipe_is_not_waited_for() {
        let folder = Folder::complete();
        folder.write("session-08/server.txt", "");
        folder.remove("session-08/server.py");
        for name in ["IPs.txt", "Ex2.txt", "Ex3.py", "server.txt"] {
            folder.remove(&format!("session-08/{name}"));
            let made = std::process::Command::new("mkfifo").arg(folder.path().join("session-08").join(name)).status();
            assert!(made.unwrap().success());
        }
        for name in ["IPs", "Ex2", "chat"] {
            assert_found(
                &folder.deliverable(name),
                "open",
                0,
                "it is not a file, but a pipe, a device or a link to nothing",
            );
        }
        assert_eq!(
            folder.deliverable("server")["state"],
            "not written yet",
            "a pipe that has not even a program's name"
        );
    }

    #[test]
    fn a_link_out_of_the_folder_is_told_and_not_followed() {
        let folder = Folder::complete();
        for (name, target) in [("IPs.txt", "ips"), ("Ex2.txt", "pings"), ("Ex3.py", "chat")] {
            folder.write(&format!("../{target}"), "secret");
            folder.remove(&format!("session-08/{name}"));
            symlink(format!("../../{target}"), folder.path().join("session-08").join(name)).unwrap();
        }
        for name in ["IPs", "Ex2", "chat"] {
            assert_found(&folder.deliverable(name), "open", 0, "it is a link out of this folder");
        }
        // Within the folder a link is as good as the file.
        folder.write("tables/IPs.txt", IPS);
        folder.remove("session-08/IPs.txt");
        symlink("../tables/IPs.txt", folder.path().join("session-08/IPs.txt")).unwrap();
        assert_eq!(folder.deliverable("IPs")["state"], "done");
        folder.remove("tables/IPs.txt");
        assert_found(&folder.deliverable("IPs"), "open", 0, "a link to nothing");
    }

    /// Many names in a folder. They are one file: ext4 is slow for minutes after many files were deleted.
    fn fill(folder: &Folder, place: &str, numbers: Range<u32>) {
        let name = |number: u32| folder.path().join(place).join(format!("data-{number}.csv"));
        folder.write(&format!("{place}/data-{}.csv", numbers.start), "");
        for number in numbers.clone().skip(1) {
            fs::hard_link(name(numbers.start), name(number)).unwrap();
        }
    }

    /// In whatever order the system names them.
    #[test]
    fn among_many_other_files_nothing_is_missed() {
        let folder = Folder::new(&[]);
        fill(&folder, "session-08", 0..2_500);
        for (name, content) in [("IPs.txt", IPS), ("Ex2.txt", PINGS), ("Ex3.py", PROGRAM), ("server.py", PROGRAM)] {
            folder.write(&format!("session-08/{name}"), content);
        }
        fill(&folder, "session-08", 2_500..5_000);
        for deliverable in &folder.json()["deliverables"].as_array().unwrap()[..4] {
            assert_eq!(deliverable["state"], "done", "{deliverable:#}");
        }
    }

    #[test]
    fn a_folder_that_is_too_large_is_told() {
        let folder = Folder::new(&[("session-08/notes.txt", "")]);
        fill(&folder, "session-08", 0..20_000);
        let many = folder.path().join("session-08");
        let note = format!("{} holds so much that not all of it was read: it may be in there", many.display());
        let json = folder.json();
        for deliverable in &json["deliverables"].as_array().unwrap()[..4] {
            assert_found(deliverable, "note", 0, &note);
        }
        for number in 0..2 {
            folder.remove(&format!("session-08/data-{number}.csv"));
        }
        assert!(!folder.json().to_string().contains("holds so much"), "all of it was looked at");
    }

    /// With few links a small folder is as many large ones.
    #[test]
    fn many_links_to_one_folder_take_no_time() {
        let folder = Folder::new(&[]);
        fill(&folder, "many", 0..5_000);
        for number in 0..100 {
            symlink("many", folder.path().join(format!("session-08-x{number}"))).unwrap();
        }
        assert_found(&folder.deliverable("IPs"), "note", 0, "holds so much that not all of it was read");
    }

    #[test]
    fn a_session_behind_a_link_is_told() {
        let folder = Folder::new(&[("../elsewhere/IPs.txt", IPS)]);
        symlink("../elsewhere", folder.path().join("session-08")).unwrap();
        folder
            .check()
            .assert()
            .code(1)
            .stdout(contains("note: session-08 is a link out of this folder, and is not followed\n"));
        assert_eq!(folder.deliverable("IPs")["state"], "missing");
    }

    #[test]
    fn a_name_of_any_bytes_is_shown_and_typed_safely() {
        let folder = Folder::new(&[("session-08/Ex3/$(reboot)\u{1b}.py", PROGRAM)]);
        File::create(folder.path().join("session-08").join(OsStr::from_bytes(b"\xff\xfe.txt"))).unwrap();
        folder.commit();
        let found = folder.deliverable("chat");
        assert_eq!(found["file"], "session-08/Ex3/$(reboot)\u{1b}.py");
        folder.check().assert().code(1).stdout(contains(r"session-08/Ex3/$(reboot)\x1b.py"));
        fs::remove_dir_all(folder.path().join("session-08")).unwrap();
    }
}
