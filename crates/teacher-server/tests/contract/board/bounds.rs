//! What strangers may cost.

use super::{Board, Page, rows, wait_until_it_serves};
use crate::running_server::GREETING;
use common::testing::TIME_LIMIT;
use socket2::{Domain, Socket, Type};
use std::io::Read as _;
use std::net::{SocketAddr, TcpStream};

/// How many pages and connections there may be at once, and how many rows a page is sent.
const MAX_PAGES: usize = 16;
const MAX_CONNECTIONS: usize = 32;
const MAX_PER_ADDRESS: usize = 8;
const MAX_ROWS: usize = 400;

#[test]
fn one_page_too_many_is_refused_counted_and_told() {
    let board = Board::start(&[]);
    let mut pages = board.open_all(MAX_PAGES);
    let refused = board.get("/events");
    assert_eq!(refused.status(), "503");
    assert!(refused.body.contains("The board is open 16 times. Close one of its pages first."), "{}", refused.body);
    board.server.program.wait_for_stderr("note: the board is open 16 times; refused so far: 1\n").unwrap();
    board.server.ask(b"HELLO");
    let state = pages[0].wait_for_message("HELLO");
    assert_eq!((&state["pages"], &state["refused"]), (&MAX_PAGES.into(), &1.into()));

    pages.pop();
    wait_until_it_serves(&board);
}

#[test]
fn another_computer_cannot_keep_the_teacher_away() {
    let board = Board::start(&[]);
    let connect_from = |host: [u8; 4]| {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        socket.bind(&SocketAddr::from((host, 0)).into()).unwrap();
        socket.connect(&board.address.into()).unwrap();
        socket.set_read_timeout(Some(TIME_LIMIT)).unwrap();
        TcpStream::from(socket)
    };
    let _pages: Vec<_> = (0..MAX_PER_ADDRESS).map(|_| Page::on(connect_from([127, 0, 0, 2]))).collect();
    assert_eq!(Page::on(connect_from([127, 0, 0, 2])).event(), None, "it is closed without an answer");
    Page::on(connect_from([127, 0, 0, 3])).state();
    board.open_all(MAX_PER_ADDRESS);
}

#[test]
fn connections_that_say_nothing_keep_nobody_away_for_long() {
    let board = Board::start(&[]);
    let silent: Vec<_> = (0..MAX_CONNECTIONS).map(|_| board.connect()).collect();
    // The next one waits in the backlog, and costs no descriptor.
    let waiting = board.connect();
    assert_eq!(board.server.ask(b"HELLO"), GREETING);
    let files = std::fs::read_dir(format!("/proc/{}/fd", board.server.program.id())).unwrap().count();
    assert!(files < MAX_CONNECTIONS + 30, "{files}");
    // They are closed after a while, and their places are free again.
    for mut stream in silent {
        assert!(stream.read(&mut [0; 100]).is_ok());
    }
    assert_eq!(Page::on(waiting).state()["connections"], 1);
}

#[test]
fn a_page_that_takes_nothing_is_dropped_and_counted_and_holds_nobody_up() {
    let board = Board::start(&[]);
    // It reads nothing, and its system keeps little for it.
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    socket.connect(&board.address.into()).unwrap();
    let _stalled = Page::on(TcpStream::from(socket));
    let mut page = board.open();
    page.wait_for("both pages", |state| state["pages"] == 2);
    let memory = resident(&board);
    for round in 0.. {
        assert!(round < 300, "it was never dropped");
        for student in 0..100 {
            board.say_from(student, &format!("{round} {}", "\u{a0}".repeat(30)));
        }
        if page.wait_for("the hundredth", |state| state["connections"].as_u64() >= Some(100 * (round + 1)))["dropped"]
            == 1
        {
            break;
        }
    }
    page.wait_for("its place to be free", |state| state["pages"] == 1);
    let grown = resident(&board).saturating_sub(memory);
    assert!(grown < 4 << 20, "{grown} bytes more");
}

/// What the server has in memory: proc(5).
fn resident(board: &Board) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", board.server.program.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

#[test]
fn of_too_many_students_a_page_is_sent_those_who_spoke_last() {
    let board = Board::start(&[]);
    let all = MAX_ROWS + 20;
    for student in 0..all {
        board.say_from(student, "HELLO");
    }
    board.say_from(0, "again");
    let state = board.open().state();
    assert_eq!((&state["students"], rows(&state).len()), (&all.into(), MAX_ROWS));
    assert!(rows(&state).iter().any(|row| row["message"] == "again"));
    assert!(!rows(&state).iter().any(|row| row["address"] == "127.1.0.2"), "the one who spoke first");
}
