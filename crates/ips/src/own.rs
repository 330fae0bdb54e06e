//! Which of the interfaces is this computer's way to the others.

use crate::interfaces::{Address, Interface, Kind, Scope};
use common::{Problem, interrupt};
use std::io::{self, BufRead, IsTerminal as _, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// The interface whose address goes into the table, and the address.
///
/// The one that was asked for; or that of the default route; or the only one that works; or the one that a person chooses.
pub fn choose<'a>(interfaces: &'a [Interface], wanted: Option<&str>) -> Result<(&'a Interface, &'a Address), Problem> {
    if let Some(name) = wanted {
        let found = interfaces.iter().find(|interface| interface.name == name).ok_or_else(|| {
            Problem::new(
                format_args!("this computer has no interface {name}"),
                "the system does not list it",
                format_args!("use one of these: {}", names(interfaces.iter())),
            )
        })?;
        return with_best_address(found);
    }
    if let Some(found) = of_the_default_route(interfaces) {
        return Ok(found);
    }
    let mut working: Vec<_> = interfaces.iter().filter(|interface| works(interface)).collect();
    if working.iter().any(|interface| is_global(interface)) {
        // Containers and the like have interfaces with an address for the own cable only.
        working.retain(|interface| is_global(interface));
    }
    match working[..] {
        [] => Err(Problem::new(
            "this computer is connected to no network",
            "no interface is up and has an address, but for loopback, which no other computer can reach",
            "plug in the cable or join the wifi, and try again",
        )),
        [only] => with_best_address(only),
        _ if io::stdin().is_terminal() && io::stderr().is_terminal() => {
            interrupt::exit_on_ctrl_c()?;
            with_best_address(ask(&working, &mut io::stdin().lock(), &mut io::stderr())?)
        }
        _ => Err(several(&working)),
    }
}

fn works(interface: &Interface) -> bool {
    interface.up && interface.running && interface.kind != Kind::Loopback && !interface.addresses.is_empty()
}

fn is_global(interface: &Interface) -> bool {
    interface.addresses.iter().any(|address| address.scope == Scope::Global)
}

/// IPv4 if it can: the lesson's addresses are. An address for the own cable only comes last.
fn with_best_address(interface: &Interface) -> Result<(&Interface, &Address), Problem> {
    let best = interface.addresses.iter().min_by_key(|address| (address.scope != Scope::Global, address.ip.is_ipv6()));
    best.map(|address| (interface, address)).ok_or_else(|| {
        Problem::new(
            format_args!("the interface {} has no address", interface.name),
            if interface.up { "no network has given it one" } else { "it is switched off" },
            "plug in the cable or join the wifi, and try again; or choose another with --interface",
        )
    })
}

fn of_the_default_route(interfaces: &[Interface]) -> Option<(&Interface, &Address)> {
    // Addresses of nobody, RFC 5737 and RFC 3849, so that no other route than the default one leads there.
    let of_nobody =
        [IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1)), IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1))];
    of_nobody.into_iter().filter_map(|nobody| source_for(nobody).ok()).find_map(|source| {
        let has_it = |interface: &&Interface| interface.addresses.iter().any(|address| address.ip == source);
        let interface = interfaces.iter().filter(has_it).find(|interface| interface.kind != Kind::Loopback)?;
        let address = interface.addresses.iter().find(|address| address.ip == source)?;
        match with_best_address(interface) {
            // The route is for IPv6 only, but the interface has an IPv4 address.
            Ok((_, best)) if best.ip.is_ipv4() && source.is_ipv6() => Some((interface, best)),
            _ => Some((interface, address)),
        }
    })
}

/// The own address with which this computer would send to `target`. Nothing is sent: connecting a UDP socket only makes the
/// system look up the route.
fn source_for(target: IpAddr) -> io::Result<IpAddr> {
    let any = if target.is_ipv4() { IpAddr::V4(Ipv4Addr::UNSPECIFIED) } else { IpAddr::V6(Ipv6Addr::UNSPECIFIED) };
    let socket = UdpSocket::bind(SocketAddr::new(any, 0))?;
    socket.connect(SocketAddr::new(target, 9))?;
    Ok(socket.local_addr()?.ip())
}

/// Lets a person choose.
fn ask<'a>(
    working: &[&'a Interface],
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> Result<&'a Interface, Problem> {
    let told = |result: io::Result<()>| result.map_err(Problem::output);
    told(writeln!(output, "This computer is connected in several ways:"))?;
    for (interface, number) in working.iter().zip(1..) {
        let address =
            with_best_address(interface).map(|(_, address)| address.shown(&interface.name)).unwrap_or_default();
        told(writeln!(output, "  {number}  {} ({})  {address}", interface.name, interface.kind))?;
    }
    loop {
        told(write!(output, "Which one is it? Its number: ").and_then(|()| output.flush()))?;
        let mut line = String::new();
        if input.read_line(&mut line).map_err(Problem::input)? == 0 {
            return Err(several(working));
        }
        let number = line.trim().parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(chosen) = number.and_then(|number| working.get(number)) {
            return Ok(chosen);
        }
    }
}

fn several(working: &[&Interface]) -> Problem {
    Problem::new(
        "this computer is connected in several ways",
        "none of them is the default route, which would be the one to take",
        format_args!("choose one with --interface NAME: {}", names(working.iter().copied())),
    )
}

fn names<'a>(interfaces: impl Iterator<Item = &'a Interface>) -> String {
    interfaces.map(|interface| interface.name.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{ask, choose};
    use crate::interfaces::{Address, Interface, Kind};

    fn interface(name: &str, ips: &[&str]) -> Interface {
        let addresses = ips.iter().map(|ip| Address::new(ip.parse().unwrap(), 24)).collect();
        Interface { name: name.to_string(), kind: Kind::Wire, up: true, running: true, mac: None, addresses }
    }

    #[test]
    fn ipv4_is_taken_before_ipv6_and_an_address_of_the_cable_last() {
        for (ips, expected) in [
            (&["fe80::1", "2001:db8::5", "10.0.0.5"][..], "10.0.0.5"),
            (&["fe80::1", "169.254.3.3", "2001:db8::5"], "2001:db8::5"),
            (&["fe80::1", "169.254.3.3"], "169.254.3.3"),
            (&["fe80::1"], "fe80::1"),
        ] {
            let interfaces = [interface("eth0", ips)];
            assert_eq!(choose(&interfaces, Some("eth0")).unwrap().1.ip.to_string(), expected);
        }
    }

    #[test]
    fn a_person_is_asked_until_the_answer_is_a_number_of_the_list() {
        let (eth0, wlan0) = (interface("eth0", &["10.0.0.5"]), interface("wlan0", &["10.0.1.5"]));
        let mut asked = Vec::new();
        let chosen = ask(&[&eth0, &wlan0], &mut &b"0\nwlan0\n3\n 2 \n"[..], &mut asked).unwrap();
        assert_eq!(chosen.name, "wlan0");
        let asked = String::from_utf8(asked).unwrap();
        assert!(asked.contains("\n  2  wlan0 (Wire)  10.0.1.5/24\n"), "{asked}");
        assert_eq!(asked.matches("Its number: ").count(), 4);

        let problem = ask(&[&eth0, &wlan0], &mut &b""[..], &mut Vec::new()).unwrap_err().to_string();
        assert!(problem.ends_with("--interface NAME: eth0, wlan0"), "{problem}");
    }
}
