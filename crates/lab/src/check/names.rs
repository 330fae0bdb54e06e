//! What students call their files and folders.

/// Extensions of text.
const TEXT: &[&str] = &["txt", "text", "md", "markdown", "csv", "tsv"];
/// Extensions of programs.
const PROGRAM: &[&str] = &[
    "py", "py3", "rs", "sh", "js", "mjs", "ts", "java", "c", "cc", "cpp", "go", "rb", "pl", "kt", "php", "cs", "swift",
    "lua",
];
/// Extensions of documents that are no plain text.
const DOCUMENT: &[&str] =
    &["doc", "docx", "odt", "pdf", "rtf", "pages", "xls", "xlsx", "ods", "numbers", "png", "jpg", "jpeg", "html"];

/// What a file is by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text,
    Program,
    Document,
    /// No extension at all.
    Bare,
    /// Any other: a backup, a picture of the editor's.
    Other,
}

/// The names that a deliverable goes by, as [`Name::letters`] has them.
pub struct Known {
    /// These, perhaps with a number or, as a word of its own, anything else behind them: `client`, `client2`, `client_Ana`.
    pub exact: &'static [&'static str],
    /// These with anything but a digit behind them: `ex3`, `ex3chat`, but not `ex30`.
    pub beginnings: &'static [&'static str],
}

pub const IPS: Known = Known {
    exact: &["ips", "ip", "iptable", "ipstable", "tableofips", "iplist", "tablaips"],
    beginnings: &["ex1", "ex01", "exercise1", "exercise01", "ejercicio1", "ejercicio01"],
};
pub const PINGS: Known = Known {
    exact: &["ping", "pings", "pingtimes", "pingtable", "tablepings", "tablaping", "tablapings"],
    beginnings: &["ex2", "ex02", "exercise2", "exercise02", "ejercicio2", "ejercicio02"],
};
pub const CHAT: Known = Known {
    exact: &["chat", "chatclient", "clientchat", "chatapp", "chatapplication"],
    beginnings: &["ex3", "ex03", "exercise3", "exercise03", "ejercicio3", "ejercicio03"],
};
pub const SERVER: Known = Known {
    exact: &["server", "servidor", "myserver", "ownserver", "teacherserver", "teachersserver", "serverteacher"],
    beginnings: &["ex4", "ex04", "exercise4", "exercise04", "ejercicio4", "ejercicio04"],
};
pub const CLIENT: Known = Known { exact: &["client", "cliente", "myclient", "firstclient"], beginnings: &[] };

/// A name of a file or a folder, taken apart.
#[derive(Debug)]
pub struct Name {
    letters: String,
    first_word: String,
    pub format: Format,
}

impl Name {
    /// The name of a file: its extension says what it is.
    pub fn of_file(name: &str) -> Self {
        let mut stem = name.trim();
        let mut format = Format::Bare;
        // Some editors add a second one: IPs.txt.txt.
        while let Some((before, extension)) = stem.rsplit_once('.') {
            let extension = extension.to_lowercase();
            let is_in = |list: &[&str]| list.contains(&extension.as_str());
            let found = if is_in(TEXT) {
                Format::Text
            } else if is_in(PROGRAM) {
                Format::Program
            } else if is_in(DOCUMENT) {
                Format::Document
            } else if extension.chars().all(|c| c.is_ascii_digit() || c == ' ') {
                // That of `Ex.3` is none.
                break;
            } else {
                Format::Other
            };
            if format == Format::Bare {
                format = found;
            }
            if found == Format::Other {
                break;
            }
            stem = before;
        }
        Self { letters: letters(stem), first_word: first_word(stem), format }
    }

    /// The name of a folder, which has no extension.
    pub fn of_folder(name: &str) -> Self {
        Self { letters: letters(name), first_word: first_word(name), format: Format::Bare }
    }

    /// Whether it is one of these; the lower the number, the nearer.
    pub fn is(&self, known: &Known) -> Option<usize> {
        // `S08_Ex3.py`
        let own = without_the_session(&self.letters).filter(|rest| !rest.is_empty()).unwrap_or(&self.letters);
        let without_number = own.trim_end_matches(|character: char| character.is_ascii_digit());
        let place = |own: &str| known.exact.iter().position(|name| *name == own);
        let numbered = || place(without_number).map(|place| place + 100);
        let with_more_behind = || place(&self.first_word).map(|place| place + 200);
        let begins =
            |name: &&str| own.strip_prefix(*name).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
        let begun = known.beginnings.iter().find_map(begins).map(str::len);
        begun.or(place(own)).or_else(numbered).or_else(with_more_behind)
    }

    /// Whether it is where programs begin as a rule: `main.py`.
    pub fn is_main(&self) -> bool {
        self.letters == "main"
    }

    /// Whether it is the session's folder: `session-08`, `Session 8`, `S08`, `session-08-client-server`.
    pub fn is_the_session(&self) -> bool {
        without_the_session(&self.letters).is_some()
    }
}

/// What follows the session's name.
fn without_the_session(letters: &str) -> Option<&str> {
    let after = ["session", "sesión", "sesion", "s"].iter().find_map(|word| letters.strip_prefix(word))?;
    let rest = after.trim_start_matches('0').strip_prefix('8')?;
    (!rest.starts_with(|character: char| character.is_ascii_digit())).then_some(rest)
}

/// Letters and digits, small: students differ in the rest.
fn letters(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The letters up to the first character that is none: `server` of `Server_Ana`.
fn first_word(name: &str) -> String {
    letters(name.trim_start().split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{CHAT, CLIENT, Format, IPS, Known, Name, PINGS, SERVER};

    #[test]
    fn every_spelling_is_known() {
        let all: [(&Known, &[&str]); 7] = [
            (
                &IPS,
                &["ips", "IPs", "IPS.TXT", "ips.md", "IPs.txt", "IPs .txt", "Ex1.txt", "IPs.txt.txt", "S08-IPs.txt"],
            ),
            (&PINGS, &["Ex2.txt", "EX2.TXT", "ex 2.txt", "ex-2", "Ex_2.md", "exercise 2.txt", "Ex.2", "Ex2.docx"]),
            (&PINGS, &["ping_ana.txt", "pings - Ana.txt"]),
            (&CHAT, &["Ex3.py", "EX3.py", "ex 3.py", "ex-3.py", "Ex_3.py", "exercise 3.py", "chat.py", "Ex3-chat.rs"]),
            (&SERVER, &["server.py", "Server.PY", "servidor.py", "Ex4.py", "server1.py", "Session8 server.py"]),
            (&SERVER, &["server_Ana.py", "Server Ana García.py", "servidor-ana.rs"]),
            (&CLIENT, &["client.py", "Client_1.py", "client2.py", "client-ana.py"]),
        ];
        for (known, names) in all {
            for name in names {
                assert!(Name::of_file(name).is(known).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn other_names_are_others() {
        let all: [(&Known, &[&str]); 5] = [
            (&IPS, &["README.md", "tips.txt", "Ex10.txt", "Ex11.txt", "IPs.txt~", "ips.bak"]),
            (&PINGS, &["Ex20.txt", "Ex3.txt", "mapping.txt"]),
            (&CHAT, &["Ex2.py", "Ex30.py", "chatter.py"]),
            (&SERVER, &["serverless.py", "observer.py", "test_server.py", "serverana.py"]),
            (&CLIENT, &["clients.py"]),
        ];
        for (known, names) in all {
            for name in names {
                let name = Name::of_file(name);
                assert!(name.is(known).is_none() || name.format == Format::Other, "{name:?}");
            }
        }
    }

    #[test]
    fn the_session_has_many_names_too() {
        for name in ["session-08", "Session-8", "S08", "s8", "SESSION 08", "session-08-client-server", "Sesión 8"] {
            assert!(Name::of_folder(name).is_the_session(), "{name}");
        }
        for name in ["session-18", "session-80", "S09", "src", "8", "session"] {
            assert!(!Name::of_folder(name).is_the_session(), "{name}");
        }
    }
}
