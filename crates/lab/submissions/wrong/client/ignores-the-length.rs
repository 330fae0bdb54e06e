// wrong: it prints all of its buffer, however many bytes have come
// fails: then_it_receives::and_prints_no_more_than_has_come
use std::io::{Read, Write};
use std::net::TcpStream;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let mut socket = TcpStream::connect((words[1].as_str(), words[2].parse().unwrap())).unwrap();
    socket.write_all(b"HELLO FROM THE CLIENT!!!").unwrap();
    let mut buffer = [0; 2048];
    let _length = socket.read(&mut buffer).unwrap();
    println!("MESSAGE FROM THE SERVER:\n\n{}", String::from_utf8_lossy(&buffer));
}
