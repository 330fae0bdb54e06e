//! What is done with a client that has come: it is served or rejected.

use crate::accept::Accepted;
use crate::drain;
use crate::limits::Limits;
use crate::records::Records;
use crate::talk;
use std::sync::Arc;

/// What serving a client needs.
pub struct Service {
    pub limits: Arc<Limits>,
    pub records: Arc<Records>,
}

impl Service {
    /// Serves a client, or tells it why not.
    pub fn serve(&self, accepted: Accepted) {
        let Accepted { socket, client, permit } = accepted;
        let permit = match permit {
            Ok(permit) => permit,
            Err(rejection) => {
                self.records.rejected(client, rejection);
                return drain::reject(socket, &rejection);
            }
        };

        let mut told = 0;
        let patience = || self.limits.patience(client.from.ip());
        let (message, outcome) = talk::talk(socket, &patience, |message| {
            told = message.length;
            self.records.said(client, message);
        });
        drop(permit);
        self.records.went(client, &message, told, outcome);
    }
}
