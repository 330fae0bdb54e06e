//! The programs: which file is it, and is it more than its beginning?

use super::{Folder, PROGRAM, assert_found};
use serde_json::Value;

#[track_caller]
fn check(files: &[(&str, &str)], name: &str, state: &str, file: &str) -> Value {
    let found = Folder::new(files).deliverable(name);
    assert_eq!((&found["state"], &found["file"]), (&Value::from(state), &Value::from(file)), "{found:#}");
    found
}

#[test]
fn every_spelling_is_found() {
    for name in [
        "Ex3.py",
        "EX3.py",
        "ex 3.py",
        "ex-3.py",
        "Ex_3.py",
        "exercise 3.py",
        "Exercise-03.py",
        "chat.py",
        "Chat.PY",
        "Ex3/Ex3.py",
        "Ex3/chat.py",
        "EX3/client.py",
        "ex 3/main.py",
        "Ex_3/anything.py",
        "Ex3.sh",
        "Ex3-chat.py",
        "Ex3/src/main.rs",
        "S8_Ex3.py",
    ] {
        let file = format!("S08/{name}");
        check(&[(&file, PROGRAM)], "chat", "done", &file);
    }
    for name in [
        "server.py",
        "Server.py",
        "SERVER.rs",
        "my-server.py",
        "servidor.py",
        "server/server.py",
        "Ex4.py",
        "server2.py",
    ] {
        let file = format!("session-08/{name}");
        check(&[(&file, PROGRAM)], "server", "done", &file);
    }
    for name in ["client.py", "Client_1.py", "client/client.py"] {
        check(&[(name, PROGRAM)], "client", "done", name);
    }
}

#[test]
fn other_files_are_no_programs() {
    let files = [
        ("S08/Ex3.txt", "to do"),
        ("S08/Ex30.py", PROGRAM),
        ("S08/chat.py~", PROGRAM),
        ("S08/Ex3.pyc", PROGRAM),
        ("S08/.chat.py", PROGRAM),
    ];
    let found = Folder::new(&files).deliverable("chat");
    assert_eq!((&found["state"], &found["file"]), (&Value::from("not written yet"), &Value::Null));
    assert_found(&found, "open", 0, "there is no program");
    let found = check(&[("S08/Ex3/notes.txt", "to do")], "chat", "not written yet", "S08/Ex3");
    assert_found(&found, "open", 0, "this folder holds no program");
    let found = Folder::new(&[("crates/ex3-chat/README.md", "to do")]).deliverable("chat");
    assert_eq!(found["state"], "not written yet");
}

#[test]
fn in_this_layout_it_is_the_crate() {
    let folder = Folder::new(&[("crates/ex3-chat/src/main.rs", WRITTEN), ("crates/ex3-chat/src/options.rs", "")]);
    let found = folder.deliverable("chat");
    assert_eq!(
        (&found["state"], &found["file"]),
        (&Value::from("done"), &Value::from("crates/ex3-chat/src/main.rs")),
        "{found:#}"
    );
    let output = super::lab().args(["check", "--json"]).current_dir(folder.path()).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["deliverables"][2]["test"], "cargo test -p ex3-chat required");
    assert_found(&json["deliverables"][3], "open", 0, "write it in crates/server/src/main.rs");
}

const WRITTEN: &str = "fn main() {\n    chat().unwrap();\n}\n";
const STARTER: &str = include_str!("../../../../ex3-chat/src/starter.rs");

#[test]
fn a_starter_is_not_written_yet() {
    let line = STARTER.lines().position(|line| line.contains("Problem::not_written(")).unwrap() as u64 + 1;
    let main = "crates/ex3-chat/src/main.rs";
    assert_found(&check(&[(main, STARTER)], "chat", "not written yet", main), "open", line, "it is not written yet");
    let files = [(main, WRITTEN), ("crates/ex3-chat/src/chat.rs", STARTER)];
    let found = check(&files, "chat", "not written yet", main);
    assert_found(&found, "open", line, "crates/ex3-chat/src/chat.rs is not written yet");
    // Written: the starter's file may still be there, as in the repository with the solutions.
    let written = STARTER.replace("Problem::not_written(", "Problem::new(");
    check(&[(main, &written), ("crates/ex3-chat/src/starter.rs", STARTER)], "chat", "done", main);
    for (exercise, name, starter) in [
        ("client", "client", include_str!("../../../../client/src/starter.rs")),
        ("server", "server", include_str!("../../../../server/src/starter.rs")),
    ] {
        let main = format!("crates/{exercise}/src/main.rs");
        assert_ne!(Folder::new(&[(&main, starter)]).deliverable(name)["state"], "done", "{exercise}");
    }
}

/// Else the list would be greener without it.
#[test]
fn nothing_is_open_about_a_client_that_is_not_written_yet() {
    let starter = "fn main() {\n    Err(Problem::not_written(\"a\", \"b\"))\n}\n";
    for (file, text, line, note) in [
        ("crates/client/src/main.rs", starter, 2, "it is not written yet"),
        ("session-08/client.py", "", 0, "it is empty"),
        ("session-08/client.py", "# to do\n", 0, "it has nothing but comments"),
    ] {
        let folder = Folder::complete();
        folder.remove("session-08/client.py");
        folder.commit();
        folder.push();
        let without = folder.json();
        folder.write(file, text);
        let with = folder.json();
        let client = &with["deliverables"][4];
        assert_eq!(
            (&client["state"], &client["file"]),
            (&Value::from("not written yet"), &Value::from(file)),
            "{client:#}"
        );
        assert_found(client, "note", line, note);
        assert_found(client, "note", 0, "need not be handed in");
        assert!(client["findings"].as_array().unwrap().iter().all(|finding| finding["level"] == "note"), "{client:#}");
        assert_found(&with["deliverables"][5], "note", 0, "other files are not committed");
        for key in ["done", "total", "next"] {
            assert_eq!(with[key], without[key], "{key} is another one with an unwritten client: {with:#}");
        }
    }
}

#[test]
fn only_a_starters_own_call_says_that_it_is_not_written() {
    for (file, text) in [
        ("S08/Ex3.py", "import socket\nsocket.socket()\nprint('Problem::not_written(')\n"),
        ("crates/ex3-chat/src/main.rs", "// The starter: Problem::not_written(…)\nfn main() {\n    chat();\n}\n"),
    ] {
        check(&[(file, text)], "chat", "done", file);
    }
}

#[test]
fn a_program_that_is_missing_is_to_be_written_not_tested() {
    let next = |files: &[(&str, &str)], name: &str| {
        let folder = Folder::new(files);
        let output = super::lab().args(["check", "--json"]).current_dir(folder.path()).output().unwrap();
        let json: Value = serde_json::from_slice(&output.stdout).unwrap();
        let list = json["deliverables"].as_array().unwrap();
        list.iter().find(|one| one["name"] == name).unwrap()["next"].as_str().unwrap().to_string()
    };
    let others = [("S08/IPs.txt", "")];
    assert_eq!(next(&others, "chat"), "write the program in S08/Ex3.py");
    assert_eq!(next(&others, "server"), "write the program in S08/server.py");
    assert_eq!(next(&[("S08/Ex3/notes.txt", "")], "chat"), "write the program in S08/Ex3/Ex3.py");
    let one = [("crates/client/src/main.rs", "fn main() {}\n")];
    assert_eq!(
        next(&one, "server"),
        "cargo new --vcs none crates/server, then write the program in crates/server/src/main.rs"
    );
    let without_main = [("crates/server/Cargo.toml", "[package]\n")];
    assert_eq!(next(&without_main, "server"), "write the program in crates/server/src/main.rs");
}

#[test]
fn an_empty_program_is_told() {
    for (text, why) in
        [("", "it is empty"), (" \n\n", "it is empty"), ("# my chat\n\n# to do\n", "nothing but comments")]
    {
        let found = check(&[("S08/Ex3.py", text)], "chat", "not written yet", "S08/Ex3.py");
        assert_found(&found, "open", 0, why);
    }
}

/// Imports, constants, comments, empty functions: nothing that calls anything.
#[test]
fn a_skeleton_is_not_written_yet() {
    for (file, text) in [
        ("Ex3.py", "import socket\n\n# The chat\nIP = \"192.168.1.36\"\nPORT = 8080\n"),
        ("Ex3.py", "from socket import *\nIP, PORT = '127.0.0.1', 8080  # the teacher's (first) server\n"),
        ("Ex3.py", "\"\"\"Chat, by Ana.\n\ns.connect((IP, PORT)) comes here\n\"\"\"\nIP: str = '10.0.0.1'\npass\n"),
        ("Ex3.py", "import socket\ndef main():\n    pass\n\nif __name__ == '__main__':\n    main()\n"),
        ("Ex3.py", "IP = '10.0.0.1'\nwhile True:\n    ...\n"),
        ("Ex3.py", "print('Chat')\n"),
        (
            "Ex3.rs",
            "use std::net::TcpStream;\nconst IP: &str = \"127.0.0.1\";\nfn main() {\n    todo!(\"the chat\")\n}\n",
        ),
        ("Ex3.c", "#include <stdio.h>\n/* the chat */\nint main(void) {\n    return 0;\n}\n"),
        ("Ex3.js", "const net = require(\"net\");\nconst PORT = 8080; // of connect()\n"),
        ("Ex3.sh", "#!/bin/sh\nIP=127.0.0.1\nPORT=8080\n"),
    ] {
        let found = check(&[(file, text)], "chat", "not written yet", file);
        assert_found(&found, "open", 0, "it has no step yet: only imports, constants and comments");
        assert_eq!(found["next"].as_str().unwrap().split(" in ").next(), Some("write the program"), "{found:#}");
    }
    for (file, text) in [
        ("Ex3.py", "import socket\nIP = \"127.0.0.1\"\ns = socket.socket()\n"),
        ("Ex3.py", "from lib import chat\nchat('127.0.0.1', 8080)\n"),
        ("Ex3.py", "import socket\nwhile (line := input('> ')):\n    pass\n"),
        (
            "Ex3.rs",
            "fn main() -> std::io::Result<()> {\n    let socket = TcpStream::connect((IP, PORT))?;\n    Ok(())\n}\n",
        ),
        ("Ex3.c", "int main(void) {\n    return connect(fd, 0, 0);\n}\n"),
        ("Ex3.sh", "IP=127.0.0.1\nwhile read line; do echo \"$line\" | nc -N $IP 8080; done\n"),
        ("Ex3.sh", "line=$(nc 127.0.0.1 8080)\n"),
    ] {
        check(&[(file, text)], "chat", "done", file);
    }
    // Its other file may have all steps.
    let files = [("Ex3/main.py", "import chat\n"), ("Ex3/chat.py", PROGRAM)];
    assert_eq!(Folder::new(&files).deliverable("chat")["state"], "done");
}

#[test]
fn of_two_programs_the_one_that_is_written_counts() {
    check(&[("S08/Ex3.py", ""), ("S08/chat.py", PROGRAM)], "chat", "done", "S08/chat.py");
}

#[test]
fn the_command_that_tests_it_is_one_to_type() {
    let folder = Folder::new(&[
        ("my work/S08/it's.py", PROGRAM),
        ("my work/S08/Ex3.py", PROGRAM),
        ("my work/S08/server.py", ""),
    ]);
    let file = |name: &str| folder.path().join("my work/S08").join(name).display().to_string();
    let test = |exercise: &str, name: &str| {
        let command = format!("'{}'", serde_json::json!(["python3", file(name)]));
        if cfg!(windows) {
            format!("$env:SESSION08_CMD = {command}; cargo test -p {exercise} required")
        } else {
            format!("SESSION08_CMD={command} cargo test -p {exercise} required")
        }
    };
    let chat = folder.deliverable("chat");
    assert_eq!((&chat["test"], &chat["next"]), (&Value::from(test("ex3-chat", "Ex3.py")), &Value::Null));
    // There is nothing to test yet.
    let server = folder.deliverable("server");
    let write = format!("write the program in '{}'", file("server.py"));
    assert_eq!((&server["next"], &server["test"]), (&Value::from(write), &Value::Null));
}

#[test]
fn a_program_is_started_as_its_language_is() {
    for (name, word) in [
        ("Ex3.py", "python3"),
        ("Ex3.sh", "bash"),
        ("Ex3.js", "node"),
        ("Ex3.rb", "ruby"),
        ("Ex3.pl", "perl"),
        ("Ex3.c", "YOUR PROGRAM"),
    ] {
        let chat = Folder::new(&[(name, PROGRAM)]).deliverable("chat");
        assert!(chat["test"].as_str().unwrap().contains(&format!("'[\"{word}\"")), "{chat:#}");
    }
}
