//! Where the board is, as the command line says it.

use common::address;

/// An IP or a name of this computer, and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub host: String,
    pub port: u16,
}

/// Reads `IP:PORT`, with brackets around an IPv6 address.
pub fn place(text: &str) -> Result<Place, String> {
    let pair = text.rsplit_once(':').filter(|(host, _)| !host.contains(':') || host.ends_with(']'));
    let Some((host, port)) = pair else {
        return Err("write IP:PORT, for example 127.0.0.1:8090 or [::1]:8090; --board alone comes last".to_string());
    };
    Ok(Place { host: address::host(host)?, port: address::port_or_any(port)? })
}

#[cfg(test)]
#[path = "../../tests/unit/place.rs"]
mod tests;
