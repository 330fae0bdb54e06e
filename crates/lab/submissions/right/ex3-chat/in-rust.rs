// right: std alone, without any library
use std::io::Write;
use std::net::TcpStream;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let port: u16 = words[2].parse().unwrap();
    for line in std::io::stdin().lines() {
        let mut socket = TcpStream::connect((words[1].as_str(), port)).unwrap();
        socket.write_all(line.unwrap().as_bytes()).unwrap();
    }
}
