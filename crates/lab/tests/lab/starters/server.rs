    let listener =
        Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;
    listener.bind(&address.into()).map_err(Problem::binding(address))?;
    listener.listen(5).map_err(Problem::binding(address))?;
    let mut connections = 0;
    loop {
        say(format!("Waiting for connections at {}, {}", address.ip(), address.port()))?;
        let (mut socket, client) = listener.accept().map_err(Problem::accepting)?;
        let client = client.as_socket().unwrap_or(address);
        connections += 1;
        say(format!("CONNECTION: {connections}. From the IP: {}", client.ip()))?;
        let mut buffer = [0; 2048];
        let length = socket.read(&mut buffer).unwrap_or(0);
        say(format!("Message from client: {}", text::escape_multiline(&buffer[..length])))?;
        let _ = socket.write_all(GREETING.as_bytes());
        drop(socket);
    }
