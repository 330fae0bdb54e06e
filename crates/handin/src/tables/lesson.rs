//! What the lesson's own tables say.

/// A destination of the table of ping times.
pub struct Destination {
    /// As the lesson names it.
    pub name: &'static str,
    /// A row with one of these words in it is its row, in small letters.
    pub words: &'static [&'static str],
    pub ip: Option<&'static str>,
}

/// Those that are the same for everybody.
pub const DESTINATIONS: &[Destination] = &[
    Destination { name: "f-l3208-pc01", words: &["l3208", "fuenla"], ip: Some("212.128.255.129") },
    Destination { name: "Google", words: &["google"], ip: Some("8.8.8.8") },
    Destination { name: "www.urjc.es", words: &["urjc"], ip: None },
    Destination { name: "github.com", words: &["github"], ip: None },
    Destination { name: "wikipedia.org", words: &["wikipedia"], ip: None },
    Destination { name: "newdomain.com.au", words: &["newdomain"], ip: None },
];
/// The student's own two machines.
pub const OWN: [&str; 2] = ["Self", "Mobile"];

/// The teacher's own computer and phone, which stand in the lesson's tables.
pub const SELF_IP: &str = "192.168.124.179";
pub const MOBILE_IP: &str = "10.1.128.39";
/// The times that the lesson writes behind the first of them.
pub const SELF_TIMES: [&str; 2] = ["0.020", "0.017"];

impl Destination {
    /// The one whose name stands in a text of small letters.
    pub fn named_in(text: &str) -> Option<&'static Self> {
        DESTINATIONS.iter().find(|destination| destination.words.iter().any(|word| text.contains(word)))
    }
}
