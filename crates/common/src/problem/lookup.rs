//! The constructor for a name that has no address: getaddrinfo(3).

use super::{Operation, Problem};
use dns_lookup::{LookupError, LookupErrorKind};
use std::io;

impl Problem {
    /// No address was found for `name`. Told apart: a name that nobody knows, and name servers that do not answer.
    ///
    /// ```
    /// use common::Problem;
    ///
    /// let found = dns_lookup::getaddrinfo(Some("localhost"), None, None);
    /// assert!(found.map_err(Problem::resolving("localhost")).is_ok());
    /// ```
    pub fn resolving(name: &str) -> impl Fn(LookupError) -> Self {
        move |cause| {
            let zone = name.split_once('%').map(|(_, zone)| zone);
            let (error, next) = match cause.kind() {
                _ if zone.is_some() => (
                    format!("this computer has no interface {}", zone.unwrap_or_default()),
                    "behind the % stands the name of the interface by which this computer reaches the other one",
                ),
                LookupErrorKind::NoName | LookupErrorKind::NoData => {
                    (format!("no computer is known by the name {name}"), "check how the name is written, or use the IP")
                }
                LookupErrorKind::Again | LookupErrorKind::Fail => (
                    format!("the name servers do not answer, so the IP of {name} is not known"),
                    "check that this computer is connected to the network, or use the IP",
                ),
                _ => (format!("the name {name} could not be looked up"), "use the IP instead of the name"),
            };
            Self::of(Operation::Resolve(name.to_string()), error, io::Error::from(cause), next)
        }
    }
}
