//! What is to be handed in, in the order of the lesson. Nothing else in `check` names an exercise, a file or a column.

/// A table or a program that the lesson asks for.
pub struct Deliverable {
    /// Its name in the JSON, which never changes.
    pub name: &'static str,
    pub title: &'static str,
    /// Its folder in `crates`.
    pub exercise: &'static str,
    /// What the lesson calls its file.
    pub file: &'static str,
    /// As in `Ex3`, `exercise 03`, `ejercicio-3`.
    pub number: Option<u8>,
    /// What else students call it, in small letters and digits.
    pub known_as: &'static [&'static str],
    /// The columns of its table, of which the last one has to be filled in; a program has none.
    pub columns: &'static [&'static str],
    /// Whether it has to be handed in: the client is only a step on the way to the chat.
    pub is_required: bool,
}

pub const IPS: Deliverable = Deliverable {
    name: "IPs",
    title: "the table of IPs",
    exercise: "ips",
    file: "IPs.txt",
    number: Some(1),
    known_as: &["ips", "ip", "iptable", "ipstable", "tableofips", "iplist", "tablaips"],
    columns: &["Machine", "Interface", "Date", "Place", "IP"],
    is_required: true,
};
pub const PINGS: Deliverable = Deliverable {
    name: "Ex2",
    title: "the table of ping times",
    exercise: "ex2-ping",
    file: "Ex2.txt",
    number: Some(2),
    known_as: &["ping", "pings", "pingtimes", "pingtable", "tablepings", "tablaping", "tablapings"],
    columns: &["Destination IP", "Name (if known)", "Time"],
    is_required: true,
};
pub const CHAT: Deliverable = Deliverable {
    name: "chat",
    title: "the chat",
    exercise: "ex3-chat",
    file: "Ex3.py",
    number: Some(3),
    known_as: &["chat", "chatclient", "clientchat", "chatapp", "chatapplication"],
    columns: &[],
    is_required: true,
};
pub const SERVER: Deliverable = Deliverable {
    name: "server",
    title: "your own server",
    exercise: "server",
    file: "server.py",
    number: Some(4),
    known_as: &["server", "servidor", "myserver", "ownserver", "teacherserver", "teachersserver", "serverteacher"],
    columns: &[],
    is_required: true,
};
pub const CLIENT: Deliverable = Deliverable {
    name: "client",
    title: "the first client",
    exercise: "client",
    file: "client.py",
    number: None,
    known_as: &["client", "cliente", "myclient", "firstclient"],
    columns: &[],
    is_required: false,
};
