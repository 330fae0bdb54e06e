//! Servers that do not do what servers do. The chat tells what it has to; none holds up the next message.

use crate::support::chat::Chat;
use common::testing::{Recorder, Reply};
use std::thread;

/// Types two lines against each of these servers, with each of these options: it ends by itself, without a panic.
///
/// All of them side by side, since most of the time is waiting.
fn survives(replies: &[Reply], options: &[&[&str]]) {
    thread::scope(|scope| {
        for reply in replies {
            for options in options {
                scope.spawn(move || survives_one(reply, options));
            }
        }
    });
}

const WITH_AND_WITHOUT_REPLY: &[&[&str]] = &[&[], &["--reply"]];
/// `--reply` would wait for the end of an answer that has none.
const WITHOUT_REPLY: &[&[&str]] = &[&[]];

fn survives_one(reply: &Reply, options: &[&str]) {
    let peer = Recorder::start(reply.clone()).unwrap();
    let mut chat = Chat::with(&peer, options);
    chat.types(b"one\ntwo\n");
    let code = chat.ends().code();
    let stderr = chat.program.stderr();
    assert!(matches!(code, Some(0 | 1)), "{reply:?} {options:?}: {code:?}\n{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
    assert_eq!(peer.connections().len(), 2, "{reply:?} {options:?}: each message has its chance\n{}", peer.story());
}

#[test]
fn one_that_closes_or_resets_at_once() {
    survives(&[Reply::Close, Reply::Reset], WITH_AND_WITHOUT_REPLY);
}

#[test]
fn one_that_accepts_and_never_reads_nor_answers() {
    survives(&[Reply::Unread], WITHOUT_REPLY);
}

#[test]
fn one_that_answers_byte_by_byte_or_in_broken_utf_8() {
    let replies = [Reply::ByteByByte(b"Hello".to_vec()), Reply::AtOnce(b"ma\xf1ana \xe2\x82".to_vec())];
    survives(&replies, WITH_AND_WITHOUT_REPLY);
}

#[test]
fn one_that_resets_after_its_answer_or_stays() {
    let answer = || b"Hello".to_vec();
    survives(&[Reply::ThenReset(answer())], WITH_AND_WITHOUT_REPLY);
    survives(&[Reply::AndStay(answer()), Reply::ThenUnread(answer())], WITHOUT_REPLY);
}
