//! What an error means that beginners meet, in words that they understand.

const HIDES_THE_MODULE: &str =
    "your variable socket has the name of the module socket, and hides it from then on: call the variable s";

/// What stands in the error, and what it means. The first one that fits is told.
const REMARKS: [(&str, &str); 32] = [
    (
        "partially initialized module 'socket'",
        "your file is called socket.py, and hides the module socket: give it another name",
    ),
    ("'socket' object has no attribute", HIDES_THE_MODULE),
    ("'socket' object is not callable", HIDES_THE_MODULE),
    ("cannot access local variable 'socket'", HIDES_THE_MODULE),
    (
        "type object 'socket' has no attribute 'socket'",
        "after from socket import * one writes socket(), and after import socket socket.socket()",
    ),
    (
        "'module' object is not callable",
        "after import socket one writes socket.socket(); and a file of yours called socket.py would hide the module",
    ),
    (
        "module 'socket' has no attribute",
        "that belongs to the socket, s = socket.socket(), and not to the module socket",
    ),
    (
        "'str' object is not callable",
        "one of your variables has the name of a function, input or str or print, and hides it: give it another name",
    ),
    ("name 'socket' is not defined", "import socket is missing at the beginning of the program"),
    ("name 'sys' is not defined", "import sys is missing at the beginning of the program"),
    ("a bytes-like object is required, not 'str'", "send takes bytes, and not a text: str.encode(message)"),
    ("must be str, not bytes", "recv gives bytes, and not a text: msg.decode(\"utf-8\")"),
    ("'str' object has no attribute 'decode'", "the message is a text already, and need not be decoded"),
    ("'bytes' object has no attribute 'encode'", "the message is bytes already, and need not be encoded"),
    (
        "'str' object cannot be interpreted as an integer",
        "PORT must be a number, and what the command line gives is a text: int(sys.argv[2])",
    ),
    ("address must be tuple", "connect and bind take a pair, in parentheses of its own: s.connect((IP, PORT))"),
    (
        "takes exactly one argument (2 given)",
        "connect and bind take a pair, in parentheses of its own: s.connect((IP, PORT))",
    ),
    ("gaierror", "what stands in the place of the IP is no IP: print(repr(IP)) before that line shows what it is"),
    ("failed to lookup address", "what stands in the place of the IP is no IP: print it with {:?} before that line"),
    ("AddrParseError", "what stands in the place of the IP is no IP: print it with {:?} before that line"),
    ("EOF when reading a line", "the program waits for the keyboard where nobody types: take out that input()"),
    ("Bad file descriptor", "a socket that has been closed is used again: create a new one each time, inside the loop"),
    ("already connected", "a socket connects only once: create a new one each time, inside the loop"),
    (
        "not connected",
        "send and recv belong to the socket that is connected: in a client after connect, in a server the one that accept gave",
    ),
    (
        "Broken pipe",
        "send belongs to a socket that is connected: in a client call connect before it, or else the other side has closed it",
    ),
    (
        "'NoneType' object has no attribute",
        "a variable is empty: a function that gives nothing back, as connect or close, stands at the right of =",
    ),
    (
        "'tuple' object has no attribute",
        "accept gives two things, the client's socket and its address: (clientsocket, address) = s.accept()",
    ),
    ("'ascii' codec", "the text is not only English letters: encode and decode it with \"utf-8\""),
    ("Invalid argument", "accept needs listen before it, and bind before that"),
    ("can only concatenate str", "a text and bytes cannot be joined: decode first what recv gave"),
    (
        "invalid literal for int",
        "what is to be a number is none: the command line has the IP first, sys.argv[1], then the PORT, sys.argv[2]",
    ),
    (
        "list index out of range",
        "a list is shorter than the program expects: sys.argv[1] is the IP, sys.argv[2] the PORT",
    ),
];

/// What an error means, of those that beginners meet: the last one in what a program said as its errors.
pub(super) fn on(errors: &str) -> Option<&'static str> {
    // Indented lines show where it was, in the source.
    let lines = errors.lines().rev().filter(|line| !line.starts_with([' ', '\t']));
    let mut known = lines.filter_map(|line| REMARKS.iter().find(|(part, _)| line.contains(part)));
    known.next().map(|(_, meaning)| *meaning)
}

/// Whether an error is about an IP or a PORT that is none.
pub(super) fn is_about_an_address(errors: &str) -> bool {
    ["gaierror", "failed to lookup address", "AddrParseError", "ParseIntError", "invalid literal for int"]
        .iter()
        .any(|part| errors.contains(part))
}

#[cfg(test)]
mod tests {
    use super::on;

    #[track_caller]
    fn check(error: &str, meaning: &str) {
        let errors = format!("Traceback (most recent call last):\n  raise EOFError\n{error}\nnote: and so on\n");
        assert!(on(&errors).is_some_and(|remark| remark.contains(meaning)), "{error}: {:?}", on(&errors));
    }

    #[test]
    fn an_error_is_told_in_plain_words() {
        check(
            "AttributeError: 'socket' object has no attribute 'socket'",
            "your variable socket has the name of the module",
        );
        check(
            "UnboundLocalError: cannot access local variable 'socket' where it is not associated",
            "your variable socket",
        );
        check("socket.gaierror: [Errno -2] Name or service not known", "print(repr(IP))");
        check("called `Result::unwrap()` on an `Err` value: AddrParseError(Ip)", "print it with {:?}");
        check("TypeError: socket.connect() takes exactly one argument (2 given)", "s.connect((IP, PORT))");
        check("OSError: [Errno 22] Invalid argument", "accept needs listen before it");
        check(
            "cause: Invalid argument (os error 22)\nnext:  did the server listen before?",
            "accept needs listen before it",
        );
        check("cause: Broken pipe (os error 32)\nnext:  look at the other side's screen", "call connect before it");
        check("EOFError: EOF when reading a line", "waits for the keyboard");
    }

    #[test]
    fn other_errors_speak_for_themselves() {
        assert_eq!(on("    raise EOFError\nRuntimeError: and now?\n"), None);
        assert_eq!(on(""), None);
    }
}
