    let mut socket =
        Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;
    socket.connect_timeout(&server.into(), address::TIME_TO_CONNECT).map_err(Problem::connecting(server))?;
    socket.write_all(message).map_err(Problem::sending(server))?;
    drop(socket);
    Ok(())
