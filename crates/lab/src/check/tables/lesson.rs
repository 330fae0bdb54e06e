//! What the lesson gives: the tables to fill in, and its examples.

pub const IPS_FILE: &str = "IPs.txt";
pub const IPS_COLUMNS: &[&str] = &["Machine", "Interface", "Date", "Place", "IP"];
/// The column that matters.
pub const IP_COLUMN: usize = 4;

pub const PINGS_FILE: &str = "Ex2.txt";
pub const PINGS_COLUMNS: &[&str] = &["Destination IP", "Name (if known)", "Time"];
/// The column that matters.
pub const TIME_COLUMN: usize = 2;

/// The rows of the table of IPs: a phone in two places, and one computer.
pub const IPS_ROWS: usize = 3;

/// A destination that is the same for everybody.
pub struct Destination {
    /// As the lesson names it.
    pub name: &'static str,
    /// A row with one of these words in it is its row, in small letters.
    pub words: &'static [&'static str],
    pub ip: Option<&'static str>,
}

/// The destinations of the table of times, but for the student's own two machines.
pub const DESTINATIONS: &[Destination] = &[
    Destination { name: "f-l3208-pc01", words: &["l3208", "fuenla"], ip: Some("212.128.255.129") },
    Destination { name: "Google", words: &["google"], ip: Some("8.8.8.8") },
    Destination { name: "www.urjc.es", words: &["urjc"], ip: None },
    Destination { name: "github.com", words: &["github"], ip: None },
    Destination { name: "wikipedia.org", words: &["wikipedia"], ip: None },
    Destination { name: "newdomain.com.au", words: &["newdomain"], ip: None },
];
/// The student's own: Self and Mobile.
pub const OWN: [&str; 2] = ["Self", "Mobile"];
/// What the student's own computer is called, in small letters. It answers whatever the network does.
pub const THIS_COMPUTER: [&str; 2] = ["self", "localhost"];

/// The teacher's own computer and phone, which stand in the lesson's table of times.
pub const SELF_IP: &str = "192.168.124.179";
pub const MOBILE_IP: &str = "10.1.128.39";
/// The times that the lesson writes behind the first of them.
pub const SELF_TIMES: [&str; 2] = ["0.020", "0.017"];

/// Words for a phone: nobody's table has the same ones.
pub const MOBILES: &[&str] = &[
    "mobile",
    "móvil",
    "movil",
    "phone",
    "android",
    "tablet",
    "ipad",
    "teléfono",
    "telefono",
    "celular",
    "samsung",
    "xiaomi",
    "huawei",
    "pixel",
];
/// Words for a computer.
pub const COMPUTERS: &[&str] = &[
    "computer",
    "ordenador",
    "laptop",
    "portátil",
    "portatil",
    "desktop",
    "notebook",
    "macbook",
    "workstation",
    "equipo",
];
/// Words for a computer that stand in others as well: whole words only.
pub const SHORT_COMPUTERS: &[&str] = &["pc", "mac", "lap", "self"];
/// Words for an interface or a place: with one of them a line about a machine is a row.
pub const ABOUT_A_MACHINE: &[&str] = &["wifi", "wi-fi", "wire", "ethernet", "cable", "home", "casa", "house", "lab"];
/// Words for an interface on which loopback is right, and no machine's.
pub const LOOPBACKS: &[&str] = &["lo", "loopback", "localhost"];
