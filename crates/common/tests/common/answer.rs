//! How an answer ends, as far as only its receiver's error tells.

use common::Answer;
use std::io::{self, ErrorKind};

/// What a beginner reads after these bytes and this error.
fn told(bytes: &[u8], error: ErrorKind) -> Option<String> {
    let mut answer = Answer::new("192.168.1.36:8080".parse().unwrap(), io::sink());
    if !bytes.is_empty() {
        answer.take(Ok(bytes));
    }
    answer.take(Err(error.into()));
    assert_eq!(answer.has_ended(), error != ErrorKind::Interrupted);
    answer.end().err().map(|problem| problem.to_string())
}

#[test]
fn an_answer_that_came_whole_is_told_from_one_that_did_not() {
    // It closed with some of our bytes unread: what it said before that is all.
    assert_eq!(told(b"Hello", ErrorKind::ConnectionReset), None);
    assert_eq!(told(b"Hello", ErrorKind::Interrupted), None);
    for (bytes, error, beginning) in [
        (&b""[..], ErrorKind::ConnectionReset, "the connection to 192.168.1.36, port 8080 was lost"),
        (b"", ErrorKind::TimedOut, "192.168.1.36, port 8080 did not answer in time"),
        (b"Hello", ErrorKind::TimedOut, "192.168.1.36, port 8080 did not finish its answer"),
        (b"Hello", ErrorKind::WouldBlock, "192.168.1.36, port 8080 did not finish its answer"),
        (b"Hello", ErrorKind::HostUnreachable, "the connection to 192.168.1.36, port 8080 was lost"),
    ] {
        let told = told(bytes, error).unwrap_or_default();
        assert!(told.starts_with(&format!("error: {beginning}")), "{bytes:?}, {error:?}: {told}");
    }
}
