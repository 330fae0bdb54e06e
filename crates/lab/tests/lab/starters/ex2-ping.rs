    let mut message = [0; HEADER_LEN + PAYLOAD_LEN];
    message[0] = version.request_type();
    message[4..6].copy_from_slice(&identifier.to_be_bytes());
    message[6..8].copy_from_slice(&sequence.to_be_bytes());
    message[HEADER_LEN..].copy_from_slice(payload);
    if version == Version::V4 {
        let sum = checksum(&message);
        message[2..4].copy_from_slice(&sum.to_be_bytes());
    }
    message
----
    let identifier = u16::from_be_bytes([header[4], header[5]]);
    let sequence = u16::from_be_bytes([header[6], header[7]]);
    (identifier, sequence)
