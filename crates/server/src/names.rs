//! The names of the addresses that come, asked for beside the serving: a dead name server costs 10 s for each question.

use common::text;
use std::net::IpAddr;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// So many questions wait at most; an address that comes when all are taken stays without a name.
const WAITING: usize = 1024;
/// The longest name shown, in characters. DNS itself allows 253 (RFC 1035, section 2.3.4).
const LONGEST: usize = 40;

/// Where to ask for a name.
pub struct Questions(Option<SyncSender<IpAddr>>);

impl Questions {
    /// Asks for the name of `ip`; the answer comes later, or never.
    pub fn ask(&self, ip: IpAddr) {
        if let Some(questions) = &self.0 {
            let _ = questions.try_send(ip);
        }
    }
}

/// Starts the thread that asks; `named` is called with each answer, made safe to show.
///
/// An address of the loopback network is answered here and never asked for: RFC 6303, section 4.2, says that its names
/// are nobody else's business.
pub fn ask_for_names(named: impl Fn(IpAddr, String) + Send + 'static) -> Questions {
    let (questions, waiting) = sync_channel::<IpAddr>(WAITING);
    let started = thread::Builder::new().name("names".to_string()).spawn(move || {
        for ip in waiting {
            if let Some(name) = name_of(ip) {
                named(ip, name);
            }
        }
    });
    Questions(started.is_ok().then_some(questions))
}

fn name_of(ip: IpAddr) -> Option<String> {
    if ip.is_loopback() {
        return Some("localhost".to_string());
    }
    let name = dns_lookup::lookup_addr(&ip).ok()?;
    // Without a name the system gives the address again.
    if name == ip.to_string() {
        return None;
    }
    Some(text::one_line(name.as_bytes()).chars().take(LONGEST).collect())
}
