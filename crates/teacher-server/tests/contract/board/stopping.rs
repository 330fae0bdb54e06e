//! The end.

use super::Board;
use std::time::{Duration, Instant};

/// As that of the server without a board.
const SOON: Duration = Duration::from_millis(400);

#[test]
fn it_stops_at_once_with_pages_open() {
    let stops = (0..5).map(|_| {
        let mut board = Board::start(&[]);
        let pages = board.open_all(8);
        let _idle = board.connect();
        let start = Instant::now();
        board.server.program.interrupt().unwrap();
        assert_eq!(board.server.program.wait_for_end().unwrap().code(), Some(0));
        let time = start.elapsed();
        for mut page in pages {
            while page.event().is_some() {}
        }
        assert!(board.server.program.stdout().ends_with("\nServer stopped by the user\n"));
        time
    });
    assert!(stops.min().unwrap() < SOON);
}
