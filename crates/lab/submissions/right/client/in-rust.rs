// right: std alone, without any library
use std::io::{Read, Write};
use std::net::TcpStream;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let send_only = words.iter().any(|word| word == "--send-only");
    let message = words.iter().skip(3).find(|word| *word != "--send-only");
    let mut message = message.map_or("HELLO FROM THE CLIENT!!!", |message| message).to_string();
    if message == "-" {
        message.clear();
        std::io::stdin().read_to_string(&mut message).unwrap();
    }
    let mut socket = TcpStream::connect((words[1].as_str(), words[2].parse().unwrap())).unwrap();
    socket.write_all(message.as_bytes()).unwrap();
    if !send_only {
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        println!("MESSAGE FROM THE SERVER:\n\n{answer}");
    }
}
