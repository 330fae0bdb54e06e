//! The names of those who answer.

use super::format_ip;
use crate::latch::Latch;
use crate::resolve::{self, Lookup};
use common::text;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

/// How long a line waits for a name. No reader notices that, and a name server near by answers in that time.
const LOOKUP_TIMEOUT: Duration = Duration::from_millis(250);

/// How many addresses are looked up for one ping: its destination's, and those of some routers. Forged senders must not start a thread
/// each, nor hold up the end for long.
const MAX_LOOKUPS: usize = 8;

/// The names of addresses, looked up once each.
pub struct Names {
    is_wanted: bool,
    stop: Latch,
    lookups: HashMap<IpAddr, Name>,
}

struct Name {
    lookup: Lookup<Option<String>>,
    deadline: Instant,
    /// What the lookup has found; none before its end.
    found: Option<String>,
}

impl Names {
    /// No names yet; and none ever, if they are not wanted.
    pub fn new(is_wanted: bool, stop: &Latch) -> Self {
        Self { is_wanted, stop: stop.clone(), lookups: HashMap::new() }
    }

    /// Starts to look up the name of `ip`, unless that has been done.
    pub fn look_up(&mut self, ip: IpAddr) {
        if !self.is_wanted || self.lookups.len() >= MAX_LOOKUPS || self.lookups.contains_key(&ip) {
            return;
        }
        // Where there is no room for a lookup, it goes on without the name.
        if let Ok(lookup) = resolve::name(ip) {
            self.lookups.insert(ip, Name { lookup, deadline: Instant::now() + LOOKUP_TIMEOUT, found: None });
        }
    }

    /// `www.urjc.es (212.128.240.50)`, or the address alone where it has no name or none is wanted. It waits for the name, but not
    /// long.
    pub fn format_sender(&mut self, address: SocketAddr) -> String {
        let ip = format_ip(address);
        if !self.is_wanted {
            return ip;
        }
        self.look_up(address.ip());
        if let Some(name) = self.lookups.get_mut(&address.ip()) {
            // A lookup finds something once. A late name is shown from then on.
            if let Some(found) = name.lookup.wait(&self.stop, Some(name.deadline)) {
                name.found = found;
            }
            if let Some(name) = &name.found {
                return format!("{} ({ip})", text::escape_line(name.as_bytes()));
            }
        }
        ip
    }
}
