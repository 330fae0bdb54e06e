//! The names of those who answer.

use crate::event::Event;
use crate::resolve::{self, Lookup};
use common::text;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

/// How long a line waits for a name. Who reads along does not notice, and a name server near by answers in that time.
const LOOKUP_TIMEOUT: Duration = Duration::from_millis(250);

/// How many addresses are looked up in one run. Whoever forges senders gets no thread for each of them.
const MAX_LOOKUPS: usize = 32;

enum Name {
    Wanted { lookup: Lookup<Option<String>>, since: Instant },
    Known(Option<String>),
}

/// The names of addresses, looked up once each.
pub struct Names {
    is_wanted: bool,
    names: HashMap<IpAddr, Name>,
}

impl Names {
    /// No names yet; and none ever, if they are not wanted.
    pub fn new(is_wanted: bool) -> Self {
        Self { is_wanted, names: HashMap::new() }
    }

    /// Starts to look up the name of `address`, unless that has been done; and takes what has been found.
    pub fn look_up(&mut self, address: SocketAddr) {
        if self.is_wanted && self.names.len() < MAX_LOOKUPS && !self.names.contains_key(&address.ip()) {
            // Where there is no room for a lookup, it goes on without the name.
            let name = resolve::name(address.ip())
                .map_or(Name::Known(None), |lookup| Name::Wanted { lookup, since: Instant::now() });
            self.names.insert(address.ip(), name);
        }
    }

    /// What happens when the name is known, and until when that is waited for; none if the line need not wait.
    pub fn pending(&self, address: SocketAddr) -> Option<(&Event, Instant)> {
        match self.names.get(&address.ip())? {
            Name::Wanted { lookup, since } => Some((lookup.done(), *since + LOOKUP_TIMEOUT)),
            Name::Known(_) => None,
        }
    }

    /// Whether a line from `address` has to wait.
    pub fn is_pending(&mut self, address: SocketAddr) -> bool {
        let Some(name) = self.names.get_mut(&address.ip()) else { return false };
        let Name::Wanted { lookup, since } = name else { return false };
        let is_known = lookup.done().has_happened();
        if is_known {
            *name = Name::Known(lookup.result().flatten());
            return false;
        }
        since.elapsed() < LOOKUP_TIMEOUT
    }

    /// `www.urjc.es (212.128.240.50)`, or the address twice where it has no name, or once where no names are wanted: as
    /// ping writes it.
    pub fn shown(&self, address: SocketAddr) -> String {
        let ip = super::address::shown(address);
        match self.names.get(&address.ip()) {
            _ if !self.is_wanted => ip,
            Some(Name::Known(Some(name))) => format!("{} ({ip})", text::escape_line(name.as_bytes())),
            _ => format!("{ip} ({ip})"),
        }
    }
}
