//! What is done with a client that has come: serve it or refuse it, show it, note it.

use crate::accept::Arrival;
use crate::console::Console;
use crate::drain;
use crate::limits::Limits;
use crate::log::{Entry, Log};
use crate::talk::{self, Outcome};
use crate::visitors::Visitors;
use common::text;
use std::net::SocketAddr;
use std::sync::Arc;

/// What serving a client needs.
pub struct Service {
    /// Where the server listens.
    pub address: SocketAddr,
    pub limits: Arc<Limits>,
    pub console: Console,
    pub visitors: Arc<Visitors>,
    pub log: Option<Arc<Log>>,
    pub explain: bool,
}

impl Service {
    /// Serves a client, or tells it why not, and notes it.
    pub fn serve(&self, arrival: Arrival) {
        let Arrival { socket, from, at, admitted } = arrival;
        let (number, place) = match admitted {
            Ok(admitted) => admitted,
            Err(refusal) => {
                drain::refuse(socket, &refusal);
                return self.note(&Entry::refused(from, at.elapsed(), refusal));
            }
        };

        let mut ladder = self.console.ladder(self.explain, format!("#{number:<4} "));
        ladder.accepted(&socket);
        let mut told = 0;
        let (message, outcome) = talk::talk(socket, &self.limits, &mut ladder, |message| {
            told = message.length;
            let text = text::beginning(&message.kept, message.length);
            self.visitors.said(from.ip(), &text);
            self.console.message(number, from.ip(), text);
        });
        drop(place);

        let note = match outcome {
            Outcome::ResetBeforeMessage => Some("was broken off by the client before it said anything".to_string()),
            Outcome::Silent => Some(format!("said nothing for {:.0} s and was closed", at.elapsed().as_secs_f64())),
            Outcome::Answered | Outcome::Reset => (message.length > told)
                .then(|| format!("sent {} more bytes later, which are not shown", message.length - told)),
        };
        if let Some(note) = note {
            self.console.aside(format!("note: connection {number} ({}) {note}", from.ip()));
        }
        self.console.waiting(self.address);
        self.note(&Entry::served(number, from, at.elapsed(), &message, outcome));
    }

    fn note(&self, entry: &Entry) {
        if let Some(log) = &self.log {
            log.note(entry);
        }
    }
}
