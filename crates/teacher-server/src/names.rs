//! The names of the addresses that come, asked for beside the serving: a dead name server costs 10 s for each lookup.

use common::text;
use std::net::IpAddr;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// How many lookups may wait; an address that comes when there are more stays without a name.
const MAX_PENDING_LOOKUPS: usize = 1024;
/// The longest name shown, in characters. DNS itself allows 253 (RFC 1035, section 2.3.4).
const MAX_NAME_LEN: usize = 40;

/// Starts the thread that looks names up. It takes the addresses whose names are wanted, and calls `named` with each that there is, made
/// safe to show. None: there is no such thread.
pub fn start_lookups(named: impl Fn(IpAddr, String) + Send + 'static) -> Option<SyncSender<IpAddr>> {
    let (wanted, waiting) = sync_channel::<IpAddr>(MAX_PENDING_LOOKUPS);
    let look_up = move || {
        for ip in waiting {
            if let Some(name) = name_of(ip) {
                named(ip, name);
            }
        }
    };
    thread::Builder::new().name("names".to_string()).spawn(look_up).is_ok().then_some(wanted)
}

fn name_of(ip: IpAddr) -> Option<String> {
    shown(&dns_lookup::lookup_addr(&ip).ok()?)
}

/// A name, made safe to show. None for an address: without a name the system gives the address again, and no computer may pass for
/// another one by its name.
fn shown(name: &str) -> Option<String> {
    let is_address = name.parse::<IpAddr>().is_ok();
    (!is_address).then(|| text::escape_line(name.as_bytes()).chars().take(MAX_NAME_LEN).collect())
}

#[cfg(test)]
#[path = "../tests/unit/names.rs"]
mod tests;
