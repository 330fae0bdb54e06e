//! Tests of `src/queue.rs`, from inside.

use super::Queue;
use std::collections::VecDeque;
use std::time::Duration;

/// Longer than any of these tests takes.
const LIMIT: Duration = Duration::from_secs(60);

/// What is taken, and how much was dropped; none at the end.
fn take<T>(queue: &Queue<T>) -> Option<(Vec<T>, u64)> {
    let mut items = VecDeque::new();
    let dropped = queue.take(LIMIT, &mut items)?;
    Some((items.into(), dropped))
}

#[test]
fn what_does_not_fit_is_dropped_and_counted() {
    let queue = Queue::new(4);
    for item in 0..4 + 7 {
        queue.offer(item);
    }
    assert_eq!(take(&queue), Some((vec![0, 1, 2, 3], 7)));
}

#[test]
fn closing_gives_up_on_a_taker_that_stands_still() {
    let queue = Queue::new(4);
    queue.offer(1);
    assert!(!queue.close(None, Duration::from_millis(1)));
    assert!(take(&queue).is_some());
    assert!(take(&queue).is_none());
    assert!(!queue.close(None, Duration::ZERO), "the taker may have something left to do");
    queue.finish();
    assert!(queue.close(None, Duration::ZERO));
}

#[test]
fn nothing_comes_after_the_last_item() {
    let queue = Queue::new(4);
    queue.close(Some("last"), Duration::ZERO);
    queue.offer("too late");
    assert_eq!(take(&queue), Some((vec!["last"], 0)));
    assert!(take(&queue).is_none());
}

#[test]
fn closing_waits_for_a_taker_that_is_slow_but_makes_progress() {
    const STEPS: u32 = 7;
    let queue = Queue::new(4);
    queue.offer(1);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            take(&queue);
            // Each step is shorter than the time after which closing would give up, all of them are longer.
            for _ in 0..STEPS {
                let (_never, comes) = std::sync::mpsc::channel::<()>();
                let _ = comes.recv_timeout(Duration::from_millis(250));
                queue.progress();
            }
            queue.finish();
        });
        assert!(queue.close(None, Duration::from_millis(1500)));
    });
}
