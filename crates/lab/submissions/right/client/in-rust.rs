// right: std alone, without any library
use std::io::{Read, Write};
use std::net::TcpStream;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let mut socket = TcpStream::connect((words[1].as_str(), words[2].parse().unwrap())).unwrap();
    socket.write_all(b"HELLO FROM THE CLIENT!!!").unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    println!("MESSAGE FROM THE SERVER:\n\n{answer}");
}
