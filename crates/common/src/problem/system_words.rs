//! What the system says of an error, in words.

use std::io;

/// Winsock's errors that a beginner meets, in the words of other systems: Microsoft's "Windows Sockets Error Codes". Windows has words of
/// its own for them; a Windows that is none (Wine), or has no texts in the user's language, has not.
const WINSOCK: [(i32, &str); 21] = [
    (10013, "Permission denied"),
    (10022, "Invalid argument"),
    (10024, "Too many open files"),
    (10035, "Resource temporarily unavailable"),
    (10038, "Not a socket"),
    (10040, "Message too long"),
    (10043, "Protocol not supported"),
    (10044, "Socket type not supported"),
    (10047, "Address family not supported"),
    (10048, "Address already in use"),
    (10049, "Address not available"),
    (10050, "Network is down"),
    (10051, "Network is unreachable"),
    (10053, "Connection aborted by this computer"),
    (10054, "Connection reset by peer"),
    (10055, "No buffer space available"),
    (10057, "Socket is not connected"),
    (10058, "Socket is shut down already"),
    (10060, "Connection timed out"),
    (10061, "Connection refused"),
    (10065, "No route to host"),
];

/// How std says that the system has no words.
const NO_WORDS: &str = "FormatMessageW() returned error";

/// The system's words for an error, and its number.
///
/// # Examples
///
/// `Address already in use (os error 10048)`, where the system says `OS Error 10048 (FormatMessageW() returned error 317) (os error 10048)`.
pub fn of(cause: &io::Error) -> String {
    in_words(cause.to_string(), cause.raw_os_error())
}

fn in_words(text: String, number: Option<i32>) -> String {
    let known = WINSOCK.iter().find(|(known, _)| number == Some(*known) && text.contains(NO_WORDS));
    known.map_or(text, |(number, words)| format!("{words} (os error {number})"))
}

#[cfg(test)]
mod tests {
    use super::in_words;

    #[test]
    fn only_where_the_system_has_no_words_it_gets_some() {
        let without = |number| format!("OS Error {number} (FormatMessageW() returned error 317) (os error {number})");
        assert_eq!(in_words(without(10048), Some(10048)), "Address already in use (os error 10048)");
        assert_eq!(in_words(without(12345), Some(12345)), without(12345));
        let german = "Normalerweise darf jede Socketadresse nur einmal verwendet werden. (os error 10048)";
        assert_eq!(in_words(german.to_string(), Some(10048)), german);
    }
}
