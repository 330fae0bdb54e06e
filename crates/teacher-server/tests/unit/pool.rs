//! Tests of `src/pool.rs`, from inside.

use super::{SPARE_THREADS, start};
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(10);

/// Starts a pool. Its clients come from the channel that is given; each is being served, and a word says so, until the
/// other end of the client is gone.
fn pool(most_clients: u32) -> (mpsc::Sender<mpsc::Receiver<()>>, mpsc::Receiver<()>) {
    let (come, clients) = mpsc::channel::<mpsc::Receiver<()>>();
    let (tell, served) = mpsc::channel();
    let clients = Mutex::new(clients);
    let accept = move || {
        let next = clients.lock().unwrap().recv();
        next.unwrap_or_else(|_| {
            loop {
                // The test is over, and nobody comes any more.
                thread::park();
            }
        })
    };
    let serve = move |client: mpsc::Receiver<()>| {
        let _ = tell.send(());
        let _ = client.recv();
    };
    start(most_clients, accept, serve, |_| ()).unwrap();
    (come, served)
}

/// A client comes; it leaves when what this gives is dropped.
fn come(pool: &mpsc::Sender<mpsc::Receiver<()>>) -> mpsc::Sender<()> {
    let (leave, client) = mpsc::channel();
    pool.send(client).unwrap();
    leave
}

#[test]
fn a_client_is_served_though_none_of_those_before_it_has_left() {
    let (clients, served) = pool(100);
    let mut here = Vec::new();
    for _ in 0..100 {
        here.push(come(&clients));
        served.recv_timeout(TIMEOUT).unwrap();
    }
}

#[test]
fn there_are_never_more_threads_than_allowed_and_a_thread_comes_back() {
    let (clients, served) = pool(1);
    let here: Vec<_> = (0..=SPARE_THREADS).map(|_| come(&clients)).collect();
    for _ in 0..=SPARE_THREADS {
        served.recv_timeout(TIMEOUT).unwrap();
    }
    let _one_too_many = come(&clients);
    assert!(served.try_recv().is_err(), "all threads are busy");
    drop(here);
    served.recv_timeout(TIMEOUT).unwrap();
}
