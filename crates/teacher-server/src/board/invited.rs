//! Who has to type what, as long as the board is there: a cable is plugged in, the wireless network is another one.

use super::Shared;
use crate::invitation;
use common::interfaces::{self, OwnAddress};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time;

/// How often the addresses of this computer are looked at.
const INTERVAL: Duration = Duration::from_secs(5);

/// Who has to type what to reach the server.
pub struct Invited {
    listening: SocketAddr,
    shown: Mutex<(&'static str, String)>,
}

impl Invited {
    /// To a server that listens here.
    pub fn new(listening: SocketAddr, own: &[OwnAddress]) -> Self {
        Self { listening, shown: Mutex::new(invitation::command(listening, own)) }
    }

    /// Who, and what.
    pub fn shown(&self) -> (&'static str, String) {
        self.lock().clone()
    }

    /// The addresses of this computer are these now. Where no file can be opened, the system names none: the last ones are kept.
    fn note(&self, own: &[OwnAddress]) {
        if !own.is_empty() {
            *self.lock() = invitation::command(self.listening, own);
        }
    }

    fn lock(&self) -> MutexGuard<'_, (&'static str, String)> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Looks at the addresses, where the server listens at all of them.
pub async fn keep(shared: Arc<Shared>) {
    while shared.invited.listening.ip().is_unspecified() {
        time::sleep(INTERVAL).await;
        shared.invited.note(&interfaces::addresses());
    }
}

#[cfg(test)]
#[path = "../../tests/unit/invited.rs"]
mod tests;
