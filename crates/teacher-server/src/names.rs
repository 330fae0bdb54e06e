//! The names of the addresses that come, asked for beside the serving: a dead name server costs 10 s for each lookup.

use common::text;
use std::net::IpAddr;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// How many lookups may wait; an address that comes when there are more stays without a name.
const MAX_PENDING_LOOKUPS: usize = 1024;
/// The longest name shown, in characters. DNS itself allows 253 (RFC 1035, section 2.3.4).
const MAX_NAME_LEN: usize = 40;

/// Takes the addresses whose names are wanted. One by default asks nobody.
#[derive(Default)]
pub struct Lookups(Option<SyncSender<IpAddr>>);

impl Lookups {
    /// Asks for the name of `ip`; the answer comes later, or never.
    pub fn ask(&self, ip: IpAddr) {
        if let Some(waiting) = &self.0 {
            let _ = waiting.try_send(ip);
        }
    }
}

/// Starts the thread that looks names up; `named` is called with each answer, made safe to show.
pub fn start_lookups(named: impl Fn(IpAddr, String) + Send + 'static) -> Lookups {
    let (lookups, waiting) = sync_channel::<IpAddr>(MAX_PENDING_LOOKUPS);
    let started = thread::Builder::new().name("names".to_string()).spawn(move || {
        for ip in waiting {
            if let Some(name) = name_of(ip) {
                named(ip, name);
            }
        }
    });
    Lookups(started.is_ok().then_some(lookups))
}

fn name_of(ip: IpAddr) -> Option<String> {
    let name = dns_lookup::lookup_addr(&ip).ok()?;
    // Without a name the system gives the address again; and a name may not pass for the address of another.
    if name.parse::<IpAddr>().is_ok() {
        return None;
    }
    Some(text::escape_line(name.as_bytes()).chars().take(MAX_NAME_LEN).collect())
}
