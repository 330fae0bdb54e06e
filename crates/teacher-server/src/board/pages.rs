//! The pages that are open, and what each is sent: server-sent events (HTML Standard, section 9.2).

use super::Shared;
use crate::throttle::Throttle;
use crate::visitors::Row;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::response::sse::{Event, Sse};
use futures_util::stream;
use serde::Serialize;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{self, Instant, Interval, MissedTickBehavior};

/// How many pages are open at once.
const MAX_PAGES: usize = 16;
/// How many rows a page is sent: those that have changed last. No screen shows more.
const MAX_ROWS: usize = 400;
/// How often a page looks whether there is news. Each of a thousand clients would cost more if it woke the pages.
const INTERVAL: Duration = Duration::from_millis(100);
/// How long a page hears nothing, so that it can tell a quiet class from a server that is gone.
const MAX_SILENCE: Duration = Duration::from_secs(5);
/// When a page whose connection ended comes again. By themselves browsers wait for some seconds.
const RETRY: Duration = Duration::from_secs(1);

/// Counts the pages.
pub struct Pages {
    places: Arc<Semaphore>,
    refused: AtomicU64,
    /// Those that took nothing for too long.
    pub dropped: AtomicU64,
    notes: Throttle,
}

impl Default for Pages {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(MAX_PAGES)),
            refused: AtomicU64::default(),
            dropped: AtomicU64::default(),
            notes: Throttle::default(),
        }
    }
}

/// What a page shows.
#[derive(Serialize)]
struct State {
    /// Who has to type what.
    who: &'static str,
    command: String,
    students: usize,
    connections: u64,
    rejected: u64,
    /// The connections of each of the last minutes, the present one last.
    minutes: VecDeque<u64>,
    /// How many pages are open, were refused, or were dropped.
    pages: usize,
    refused: u64,
    dropped: u64,
    /// Whether these rows are all, and not only those that have changed.
    is_whole: bool,
    rows: Vec<Row>,
}

/// A page that is open.
struct Page {
    shared: Arc<Shared>,
    /// The version that it shows, if it has been sent one.
    version: Option<u64>,
    ticks: Interval,
    last: Instant,
    _place: OwnedSemaphorePermit,
}

/// `GET /events`: the state of the class, again and again.
pub async fn events(Extract(shared): Extract<Arc<Shared>>) -> impl IntoResponse {
    let Ok(place) = Arc::clone(&shared.pages.places).try_acquire_owned() else {
        return Err((StatusCode::SERVICE_UNAVAILABLE, shared.note_refused()));
    };
    let events = stream::unfold(Page::new(shared, place), |mut page| async {
        let state = page.next().await;
        // JSON has no line breaks: no line of a message can pass for a line of this protocol.
        let event = Event::default().retry(RETRY).data(state);
        Some((Ok::<_, Infallible>(event), page))
    });
    Ok(Sse::new(events))
}

impl Page {
    fn new(shared: Arc<Shared>, place: OwnedSemaphorePermit) -> Self {
        let mut ticks = time::interval(INTERVAL);
        // One that was slow is not sent more often later.
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { shared, version: None, ticks, last: Instant::now(), _place: place }
    }

    /// Waits until there is something to show. A page that is slow asks later, and for all that has changed by then.
    async fn next(&mut self) -> String {
        loop {
            self.ticks.tick().await;
            let has_changed = self.version != Some(self.shared.server.visitors.version());
            if has_changed || self.last.elapsed() >= MAX_SILENCE {
                self.last = Instant::now();
                return self.state();
            }
        }
    }

    fn state(&mut self) -> String {
        let Shared { server, pages, .. } = &*self.shared;
        let (who, command) = self.shared.invitation.command();
        let changes = server.visitors.changes_since(self.version.unwrap_or_default(), MAX_ROWS);
        let (connections, rejected) = server.totals();
        let state = State {
            who,
            command,
            students: changes.students,
            connections,
            rejected,
            minutes: self.shared.minutes(),
            pages: MAX_PAGES - pages.places.available_permits(),
            refused: pages.refused.load(Relaxed),
            dropped: pages.dropped.load(Relaxed),
            is_whole: self.version.is_none(),
            rows: changes.rows,
        };
        self.version = Some(changes.version);
        // The keys are strings, and writing to memory cannot fail.
        serde_json::to_string(&state).unwrap_or_default()
    }
}

impl Shared {
    /// One page too many has come. What it is told.
    fn note_refused(&self) -> String {
        let number = self.pages.refused.fetch_add(1, Relaxed) + 1;
        if self.pages.notes.is_due() {
            let note = format!("note: the board is open {MAX_PAGES} times; refused so far: {number}");
            self.server.console.note(note);
        }
        format!("The board is open {MAX_PAGES} times. Close one of its pages first.\n")
    }
}
