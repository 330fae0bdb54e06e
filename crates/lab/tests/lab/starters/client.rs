    let mut socket =
        Socket::new(Domain::for_address(server), Type::STREAM, Some(Protocol::TCP)).map_err(Problem::creating)?;
    socket.connect_timeout(&server.into(), options.time_to_connect()).map_err(Problem::connecting(server))?;
    socket.write_all(&message).map_err(Problem::sending(server))?;
    if !options.send_only {
        let mut answer = Vec::new();
        let mut buffer = [0; 2048];
        loop {
            let length = socket.read(&mut buffer).map_err(Problem::receiving(server))?;
            if length == 0 {
                break;
            }
            answer.extend_from_slice(&buffer[..length]);
        }
        println!("MESSAGE FROM THE SERVER:\n\n{}", text::escape_multiline(&answer));
    }
    drop(socket);
    Ok(())
