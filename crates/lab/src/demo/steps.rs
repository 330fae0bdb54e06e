//! The steps of the demo, in the order of the lesson. A new exercise adds its steps here.

use std::collections::BTreeSet;

const PING: &str = "ex2-ping";
const NO_PING: &str = "this computer does not allow you to ping";
/// The program that runs beside the steps.
pub const SERVER: &str = "teacher-server";

/// One command that a student types, and what the lesson says about it.
///
/// `{port}` stands for the server's port, `{free}` for one at which nobody listens, `{folder}` for a folder of the demo's own.
pub struct Step {
    /// What is done.
    pub heading: &'static str,
    /// What to look at.
    pub about: &'static str,
    /// A package of the workspace.
    pub program: &'static str,
    /// Whether `cargo lab explain` runs it.
    pub is_explained: bool,
    /// Its arguments.
    pub arguments: &'static [&'static str],
    /// Files that it finds in that folder: their names, and what is in them.
    pub files: &'static [(&'static str, &'static str)],
    /// What is piped into its standard input.
    pub input: Option<&'static str>,
    /// The exit code that it must have.
    pub exit: i32,
    /// What it must say on standard output or standard error.
    pub says: &'static [&'static str],
    /// What it says where the computer does not allow it to this user: the step is skipped then.
    pub refusal: Option<&'static str>,
    /// What the server's screen must show because of it.
    pub server_shows: &'static [&'static str],
}

impl Step {
    /// Whether anybody can do it on this system: on Windows only an administrator may ping with a program of one's own.
    pub fn can_be_played(&self) -> bool {
        !(cfg!(windows) && self.program == PING)
    }

    /// Whether the teacher's server must run.
    pub fn needs_server(&self) -> bool {
        self.arguments.contains(&"{port}")
    }
}

/// The programs that are needed: those of the steps, and the server that runs beside them.
pub fn programs() -> Vec<&'static str> {
    let steps = STEPS.iter().map(|step| step.program);
    steps.chain([SERVER]).collect::<BTreeSet<_>>().into_iter().collect()
}

/// A step that says nothing of these.
const STEP: Step = Step {
    heading: "",
    about: "",
    program: "client",
    is_explained: false,
    arguments: &[],
    files: &[],
    input: None,
    exit: 0,
    says: &[],
    refusal: None,
    server_shows: &[],
};

/// All steps, in order.
pub const STEPS: &[Step] = &[
    Step {
        heading: "Exercise 1: which addresses has this computer?",
        about: "An address belongs to an interface. 127.0.0.1 is this computer itself, seen from inside.",
        program: "ips",
        says: &["Loopback", "127.0.0.1"],
        ..STEP
    },
    Step {
        heading: "Exercise 1: a row of the table, typed by hand",
        about: "The address of a mobile phone. The file is made, or gets one row more.",
        program: "ips",
        arguments: &[
            "add",
            "--file",
            "{folder}/IPs.txt",
            "--machine",
            "mobile",
            "--interface",
            "Wifi",
            "--place",
            "home",
            "--ip",
            "10.1.128.39",
        ],
        says: &["10.1.128.39"],
        ..STEP
    },
    Step {
        heading: "Exercise 2: is a computer there?",
        about: "ping sends a small message, and shows how long the answer takes. 127.0.0.1 is near.",
        program: PING,
        arguments: &["-c", "3", "127.0.0.1"],
        says: &[
            "PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.",
            "icmp_seq=3 ttl=",
            "3 packets transmitted, 3 received",
        ],
        refusal: Some(NO_PING),
        ..STEP
    },
    Step {
        heading: "Exercise 2: the table",
        about: "All destinations side by side. A name without an address is looked up, and what cannot be says why.",
        program: PING,
        arguments: &["--table", "{folder}/Ex2.txt"],
        files: &[(
            "Ex2.txt",
            "| Destination IP | Name (if known) | Time |\n| 127.0.0.1 | Self | |\n| | localhost | |\n| 224.0.0.1 | all | |\n",
        )],
        says: &["| Self            | ", " ms, ", "224.0.0.1 is not one computer", "saved in "],
        refusal: Some(NO_PING),
        ..STEP
    },
    Step {
        heading: "The first client: it sends",
        about: "Create a socket, connect it, send, close. It says nothing; the server does.",
        arguments: &["127.0.0.1", "{port}", "--send-only"],
        server_shows: &["CONNECTION: 1. From the IP: 127.0.0.1", "Message from client: HELLO FROM THE CLIENT!!!"],
        ..STEP
    },
    Step {
        heading: "The client that also receives",
        about: "The same, and then it waits for the answer.",
        arguments: &["127.0.0.1", "{port}"],
        says: &["MESSAGE FROM THE SERVER:\n\nHello from the teacher's server\n"],
        server_shows: &["CONNECTION: 2. From the IP: 127.0.0.1", "Message from client: HELLO FROM THE CLIENT!!!"],
        ..STEP
    },
    Step {
        heading: "A message of your own",
        about: "It travels as bytes in UTF-8: an ñ is two of them.",
        arguments: &["127.0.0.1", "{port}", "Hasta mañana, profe"],
        says: &["Hello from the teacher's server"],
        server_shows: &["Message from client: Hasta mañana, profe"],
        ..STEP
    },
    Step {
        heading: "A name instead of an IP, and a message through a pipe",
        about: "localhost is a name of 127.0.0.1. A - takes the message from the pipe.",
        arguments: &["localhost", "{port}", "-"],
        input: Some("one line\nand another one\n"),
        says: &["Hello from the teacher's server"],
        server_shows: &["Message from client: one line\n  | and another one\n"],
        ..STEP
    },
    Step {
        heading: "The five steps, explained",
        about: "explain stands between the two, passes on what they say, and draws it: who to whom, how much, and when.",
        is_explained: true,
        arguments: &["127.0.0.1", "{port}", "HELLO"],
        says: &["connect", "5 bytes", "31 bytes", "end (FIN)"],
        server_shows: &["Message from client: HELLO"],
        ..STEP
    },
    Step {
        heading: "Netcat: no program of your own at all",
        about: "nc sends what it is given and shows what comes back. This one is for computers that have none.",
        program: "nc",
        arguments: &["127.0.0.1", "{port}"],
        input: Some("Testing!!! :-)"),
        says: &["Hello from the teacher's server"],
        server_shows: &["Message from client: Testing!!! :-)"],
        ..STEP
    },
    Step {
        heading: "Exercise 3: the chat",
        about: "Each line is a message, and each message a connection of its own.",
        program: "ex3-chat",
        arguments: &["127.0.0.1", "{port}"],
        input: Some("good morning\nis anybody there?\n"),
        server_shows: &["Message from client: good morning\n", "Message from client: is anybody there?\n"],
        ..STEP
    },
    Step {
        heading: "Mischief",
        about: "It tries to clear the teacher's screen and to forge a connection, in vain.",
        arguments: &["127.0.0.1", "{port}", "\u{1b}[2Jboo\nCONNECTION: 99. From the IP: 10.0.0.1"],
        says: &["Hello from the teacher's server"],
        server_shows: &["Message from client: \\x1b[2Jboo\n  | CONNECTION: 99."],
        ..STEP
    },
    Step {
        heading: "When nobody listens",
        about: "An error has three lines: what failed, what the system says, what to do.",
        arguments: &["127.0.0.1", "{free}"],
        exit: 1,
        says: &["error: nobody is listening at 127.0.0.1, port ", "cause: ", "next:  start the server there"],
        ..STEP
    },
    Step {
        heading: "Two servers on one port",
        about: "A port belongs to one program at a time.",
        program: "server",
        arguments: &["127.0.0.1", "{port}"],
        exit: 1,
        says: &["error: Problems using port ", "Do you have permission?", "Address already in use"],
        ..STEP
    },
];
