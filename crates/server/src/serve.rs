//! What is done with a client that has come: serve it or refuse it, show it, note it.

use crate::accept::Arrival;
use crate::crew::Server;
use crate::drain;
use crate::log::Entry;
use crate::talk::{self, Outcome};
use common::text;

/// Serves a client, or tells it why not, and notes it.
pub fn serve(server: &Server, arrival: Arrival<'_>) {
    let Arrival { socket, from, at, admitted } = arrival;
    let (number, place) = match admitted {
        Ok(admitted) => admitted,
        Err(refusal) => {
            drain::refuse(socket, &refusal);
            return server.note(&Entry::refused(from, at.elapsed(), refusal));
        }
    };

    let mut ladder = server.console.ladder(server.explain, format!("#{number:<4} "));
    ladder.accepted(&socket);
    let mut told = 0;
    let (message, outcome) = talk::talk(socket, &server.limits, &mut ladder, |message| {
        told = message.length;
        let text = text::beginning(&message.kept, message.length);
        server.visitors.said(from.ip(), &text);
        server.console.message(number, from.ip(), text);
    });
    drop(place);

    let note = match outcome {
        Outcome::ResetBeforeMessage => Some("was broken off by the client before it said anything".to_string()),
        Outcome::Silent => Some(format!("said nothing for {:.0} s and was closed", at.elapsed().as_secs_f64())),
        Outcome::Answered | Outcome::Reset => (message.length > told)
            .then(|| format!("sent {} more bytes later, which are not shown", message.length - told)),
    };
    if let Some(note) = note {
        server.console.aside(format!("note: connection {number} ({}) {note}", from.ip()));
    }
    server.console.waiting(server.address);
    server.note(&Entry::served(number, from, at.elapsed(), &message, outcome));
}

impl Server {
    fn note(&self, entry: &Entry) {
        if let Some(log) = &self.log {
            log.note(entry);
        }
    }
}
