        let mut addresses = Vec::new();
        for network in &interface.ips {
            addresses.push(Address::new(network.ip(), network.prefix()));
        }
        interfaces.push(Interface {
            index: interface.index,
            name: text::escape_line(interface.name.as_bytes()),
            kind: Kind::of(&interface.name, interface.is_loopback()),
            up: interface.is_up(),
            running: interface.is_running(),
            mac: interface.mac.map(|mac| mac.to_string()),
            addresses,
        });
----
        say(format!("{} {} {} {}", interface.name, interface.kind, interface.state(), interface.hardware_address()))?;
        for address in &interface.addresses {
            say(format!("    {}", address.with_zone(interface)))?;
        }
----
    Ok(())
