//! Tests of `src/queue.rs`, from inside.

use super::{CAPACITY, Queue};
use std::time::Duration;

#[test]
fn what_does_not_fit_is_dropped_and_counted() {
    let queue = Queue::new();
    for item in 0..CAPACITY + 7 {
        queue.offer(item);
    }
    let batch = queue.take().expect("a batch");
    assert_eq!((batch.items.len(), batch.dropped), (CAPACITY, 7));
}

#[test]
fn closing_gives_up_on_a_taker_that_stands_still() {
    let queue = Queue::new();
    queue.offer(1);
    assert!(!queue.close(None, Duration::from_millis(1)));
    assert!(queue.take().is_some());
    assert!(queue.take().is_none());
    assert!(queue.close(None, Duration::ZERO));
}

#[test]
fn nothing_comes_after_the_last_item() {
    let queue = Queue::new();
    queue.close(Some("last"), Duration::ZERO);
    queue.offer("too late");
    assert_eq!(queue.take().expect("a batch").items, ["last"]);
    assert!(queue.take().is_none());
}

#[test]
fn closing_waits_for_a_taker_that_is_slow_but_makes_progress() {
    const STEPS: u32 = 5;
    let queue = Queue::new();
    queue.offer(1);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            queue.take();
            // Each step is shorter than the time after which closing would give up, all of them are longer.
            for _ in 0..STEPS {
                let (_never, comes) = std::sync::mpsc::channel::<()>();
                let _ = comes.recv_timeout(Duration::from_millis(250));
                queue.progress();
            }
            queue.take();
        });
        assert!(queue.close(None, Duration::from_secs(1)));
    });
}
