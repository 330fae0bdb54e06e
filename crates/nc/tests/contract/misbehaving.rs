//! Servers that do not do what servers do: what comes of them arrives byte for byte, and none is waited for against the user's will.

use crate::support::netcat::connecting;
use common::testing::{Recorder, Reply};

fn peer(reply: Reply) -> Recorder {
    Recorder::start(reply).unwrap()
}

/// Types a line, and ends the input: the exit code, and what it has shown, as it is.
fn said(reply: Reply) -> (Option<i32>, String, String) {
    let peer = peer(reply);
    let mut nc = connecting(peer.port(), &[]);
    let _ = nc.type_in(b"HELLO\n");
    nc.close_stdin();
    let code = nc.wait_for_end().unwrap().code();
    (code, nc.stdout(), nc.stderr())
}

#[test]
fn one_that_answers_byte_by_byte_or_in_broken_utf_8_is_shown_as_it_is() {
    assert_eq!(said(Reply::ByteByByte(b"Hello".to_vec())), (Some(0), "Hello".to_string(), String::new()));
    // Through a pipe bytes are bytes; what is compared here has replacement characters in it.
    let (code, stdout, _) = said(Reply::AtOnce(b"ma\xf1ana".to_vec()));
    assert_eq!((code, stdout.as_str()), (Some(0), "ma\u{fffd}ana"));
}

/// Whether the line met a closed socket depends on who was faster.
#[test]
fn one_that_closes_at_once_ends_it() {
    let (code, stdout, stderr) = said(Reply::Close);
    assert!(matches!(code, Some(0 | 1)) && stdout.is_empty(), "{code:?} {stdout}");
    assert!(code == Some(0) || stderr.starts_with("error: "), "{stderr}");
}

#[test]
fn one_that_resets_at_once_is_told() {
    let (code, _, stderr) = said(Reply::Reset);
    assert!(code == Some(1) && stderr.starts_with("error: "), "{code:?} {stderr}");
}

/// It goes on for as long as the user wants.
#[test]
#[cfg(unix)]
fn one_that_never_reads_or_answers_without_end_can_be_left_with_ctrl_c() {
    for reply in [Reply::Unread, Reply::WithoutEnd(b"and so on, ".repeat(100))] {
        let peer = peer(reply.clone());
        let mut nc = connecting(peer.port(), &[]);
        nc.type_in(b"HELLO\n").unwrap();
        match reply {
            Reply::Unread => drop(peer.wait_for("it", |all| all.len() == 1).unwrap()),
            _ => drop(nc.wait_for_stdout_until("much of the answer", |all| all.len() > 100_000).unwrap()),
        }
        nc.interrupt().unwrap();
        assert_eq!(nc.wait_for_end().unwrap().code(), Some(130), "{reply:?}");
    }
}
