//! The steps of the demo, in the order of the lesson. A new exercise adds its programs and its steps here.

/// The programs that the steps need, as packages of the workspace.
pub const PROGRAMS: &[&str] = &["server", "client"];

/// One command that a student types, and what the lesson says about it.
///
/// `{port}` stands for the server's port, `{free}` for one at which nobody listens.
pub struct Step {
    /// What is done.
    pub heading: &'static str,
    /// What to look at.
    pub about: &'static str,
    /// One of [`PROGRAMS`].
    pub program: &'static str,
    /// Its arguments.
    pub arguments: &'static [&'static str],
    /// What is piped into its standard input.
    pub input: Option<&'static str>,
    /// The exit code that it must have.
    pub exit: i32,
    /// What it must say on standard output or standard error.
    pub says: &'static [&'static str],
    /// What the server's screen must show because of it.
    pub server_shows: &'static [&'static str],
}

/// A step that says nothing of these.
const STEP: Step = Step {
    heading: "",
    about: "",
    program: "client",
    arguments: &[],
    input: None,
    exit: 0,
    says: &[],
    server_shows: &[],
};

/// All steps, in order.
pub const STEPS: &[Step] = &[
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
        about: "--explain draws every socket call: who to whom, how much, and when.",
        arguments: &["127.0.0.1", "{port}", "HELLO", "--explain"],
        says: &["1 create", "2 connect", "3 send", "4 receive", "5 close"],
        server_shows: &["Message from client: HELLO"],
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
        says: &["Problems using port ", "Do you have permission?", "error: port ", " is in use"],
        ..STEP
    },
];
