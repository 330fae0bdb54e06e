//! The payload of a request, by which its reply is known.

use super::event::Damage;
use crate::icmp::PAYLOAD_LEN;

/// What a probe carries: its number and the session's token, 8 bytes each, and a pattern that shows if a byte was changed.
pub fn payload(number: u64, token: u64) -> [u8; PAYLOAD_LEN] {
    let mut payload = [0; PAYLOAD_LEN];
    for (byte, value) in payload.iter_mut().zip(0..) {
        *byte = value;
    }
    payload[..8].copy_from_slice(&number.to_be_bytes());
    payload[8..16].copy_from_slice(&token.to_be_bytes());
    payload
}

/// What is wrong with the payload of a reply, behind the number and the token.
pub fn damage(payload: &[u8]) -> Option<Damage> {
    if payload.len() < PAYLOAD_LEN {
        return Some(Damage::Truncated);
    }
    let wrong = payload.iter().zip(0_u8..).skip(16).find(|&(byte, place)| *byte != place);
    wrong.map(|(_, place)| Damage::WrongByte(place.into()))
}

/// The number of the probe in the payload of a reply, if it has the session's token.
pub fn number_in(payload: &[u8], token: u64) -> Option<u64> {
    let (number, rest) = payload.split_first_chunk()?;
    let is_ours = rest.starts_with(&token.to_be_bytes());
    is_ours.then_some(u64::from_be_bytes(*number))
}
