//! Whether a program takes IP and PORT from the command line, or has its address written into it: as 198 of 199 real ones have.
//!
//! It is learned from the first run that connects to anybody, or listens; all tests of this process know it then. A program with its address
//! written in is judged all the same, in a network where every address is this computer's, see [`network`]; only what
//! asks for another address cannot be judged.

use super::{COULD_NOT_GRADE, CommandUnderTest, NOT_JUDGED, contained, fail, network};
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::{Mutex, PoisonError};

/// Where the address comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnAddress {
    /// From the command line.
    Taken,
    /// It is written in.
    Written(SocketAddrV4),
}

static KNOWN: Mutex<BTreeMap<Vec<String>, OwnAddress>> = Mutex::new(BTreeMap::new());

/// What is known of this program.
pub fn of(under_test: &CommandUnderTest) -> Option<OwnAddress> {
    let words: Vec<String> = under_test.words().collect();
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner).get(&words).copied()
}

/// The address that is written into it, as far as is known.
pub fn written_into(under_test: &CommandUnderTest) -> Option<SocketAddrV4> {
    match of(under_test) {
        Some(OwnAddress::Written(address)) => Some(address),
        _ => None,
    }
}

/// Notes what has been learned of this program. One that has taken the address of the command line once, does so.
pub fn learn(under_test: &CommandUnderTest, address: OwnAddress) {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let words: Vec<String> = under_test.words().collect();
    if address == OwnAddress::Taken || !known.contains_key(&words) {
        known.insert(words, address);
    }
}

/// Moves this thread to where a run against this IP of the command line takes place: whether that is a network of its own. Ends the test if
/// a program cannot be run at another IP than its own.
pub fn prepare(under_test: &CommandUnderTest, ip: Ipv4Addr) -> bool {
    if !network::are_allowed() {
        return false;
    }
    let known = of(under_test);
    if let (Some(OwnAddress::Written(own)), false) = (known, ip == Ipv4Addr::LOCALHOST) {
        fail(&format!(
            "\n  {NOT_JUDGED}: it is run as COMMAND IP PORT\n  since its address is written into it: {}, port {}",
            own.ip(),
            own.port()
        ));
    }
    if let Some(OwnAddress::Written(own)) = known {
        let place = format!("{}, port {}", own.ip(), own.port());
        contained::remark(&format!("its address is written into it ({place}): it was graded with that"));
    }
    let has_own = known != Some(OwnAddress::Taken) && ip == Ipv4Addr::LOCALHOST;
    or_end(if has_own { network::enter_new() } else { network::leave() });
    has_own
}

/// Ends the test where a network cannot be had.
pub fn or_end(done: io::Result<()>) {
    done.unwrap_or_else(|e| fail(&format!("{COULD_NOT_GRADE}: no network can be made for the test: {e}")));
}
