//! A thousand clients of all kinds at once, again and again: nobody is forgotten, and nothing is left over.

use crate::files::scratch;
use crate::running_server::{GREETING, RunningServer};
use common::testing::poll;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};

const LANES: u32 = 1000;
/// How long they come; `SOAK_SECONDS` takes another time.
const USUAL_SECONDS: u64 = 10;
/// Where those come from who send a header.
const BALANCER: Ipv4Addr = Ipv4Addr::new(127, 0, 2, 1);
const HEADER_V1: &[u8] = b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n";
const HEADER_V2: &[u8] = b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x02\0\x01\0\x02";
/// What the server may need more at the end than after its first clients, in bytes: its table has more rows.
const MAX_GROWTH: usize = 8 << 20;

#[test]
#[ignore = "needs two thousand open files and some seconds; run by .ci/run"]
fn of_a_thousand_clients_of_all_kinds_each_is_served_and_logged_and_nothing_is_left_over() {
    let seconds = std::env::var("SOAK_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL_SECONDS);
    let path = scratch("soak");
    let limits = ["--max-clients", "2000", "--max-per-address", "2000", "--patience", "3"];
    let balancer = BALANCER.to_string();
    let others = ["--proxy-protocol", &balancer, "--log", path.to_str().unwrap()];
    let mut server = RunningServer::start(&[&limits[..], &others].concat());
    assert_eq!(server.ask(b"the first one"), GREETING);
    server.program.wait_for_stdout("Message from client: the first one\nWaiting").unwrap();
    let files = || std::fs::read_dir(format!("/proc/{}/fd", server.program.id())).unwrap().count();
    let (files_before, memory_before) = (files(), memory(&server));

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, server.port));
    let end = Instant::now() + Duration::from_secs(seconds);
    let said = runtime.block_on(async {
        let lanes: Vec<_> = (0..LANES).map(|lane| tokio::spawn(come_again(lane, address, end))).collect();
        let mut said = Vec::new();
        for lane in lanes {
            said.extend(lane.await.unwrap());
        }
        said
    });
    drop(runtime);
    poll("the last descriptor to be closed", || (files() == files_before).then_some(())).unwrap();
    let grown = memory(&server).saturating_sub(memory_before);
    assert!(grown < MAX_GROWTH, "{grown} bytes more");

    server.program.interrupt().unwrap();
    assert_eq!(server.program.wait_for_end().unwrap().code(), Some(0));
    let log = std::fs::read_to_string(&path).unwrap();
    let entries: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut numbers: Vec<u64> = entries.iter().map(|entry| entry["number"].as_u64().unwrap()).collect();
    numbers.sort_unstable();
    assert!(numbers.iter().copied().eq(1..=entries.len() as u64), "numbers without gaps, each once");
    let mut logged: BTreeMap<&str, u32> = BTreeMap::new();
    for entry in &entries {
        *logged.entry(entry["message"].as_str().unwrap()).or_default() += 1;
    }
    assert!(said.len() > entries.len() / 10, "{} of {}", said.len(), entries.len());
    for message in &said {
        assert_eq!(logged.get(message.as_str()), Some(&1), "{message}");
    }
}

/// What the server has in memory: proc(5).
fn memory(server: &RunningServer) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.program.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

/// One client after another, each of another kind. What those said whose messages must stand in the log.
async fn come_again(lane: u32, server: SocketAddr, end: Instant) -> Vec<String> {
    let mut said = Vec::new();
    for turn in 0_u32.. {
        // Not all at the same moment: in a second some thousand ports would be used up.
        sleep(Duration::from_millis(100 + u64::from(lane * 7 + turn * 13) % 600)).await;
        if Instant::now() >= end {
            break;
        }
        let message = format!("client {turn} of lane {lane}: mañana");
        let kind = (lane + turn) % 12;
        let own = Ipv4Addr::new(127, 0, 1, u8::try_from(lane % 250).unwrap() + 1);
        let mut client = connect(if kind < 8 { own } else { BALANCER }, server).await.unwrap();
        match kind {
            0..3 => {
                client.write_all(message.as_bytes()).await.unwrap();
                assert_eq!(answer(&mut client).await.unwrap(), GREETING);
                said.push(message);
            }
            3 => sleep(Duration::from_millis(300)).await,
            4 => {
                for byte in b"slowly" {
                    let _ = client.write_all(&[*byte]).await;
                    sleep(Duration::from_millis(30)).await;
                }
            }
            5 => {
                let _ = client.write_all(message.as_bytes()).await;
                let _ = socket2::SockRef::from(&client).set_linger(Some(Duration::ZERO));
            }
            6 => {
                client.write_all(&vec![b'h'; 1_000_000]).await.unwrap();
                assert_eq!(answer(&mut client).await.unwrap(), GREETING);
            }
            7 => {
                // A header that no balancer has sent is a message like any other.
                let bytes: &[u8] = if turn % 2 == 0 { HEADER_V1 } else { &[0xff, 0, 0x1b, 0xfe] };
                let _ = client.write_all(bytes).await;
            }
            8 | 9 => {
                let header = if kind == 8 { HEADER_V1 } else { HEADER_V2 };
                let bytes = [header, message.as_bytes()].concat();
                // Cut somewhere, be it behind the header.
                let (first, second) = bytes.split_at(lane as usize % header.len() + 1);
                client.write_all(first).await.unwrap();
                sleep(Duration::from_millis(u64::from(turn % 3))).await;
                client.write_all(second).await.unwrap();
                assert_eq!(answer(&mut client).await.unwrap(), GREETING);
                said.push(message);
            }
            10 => {
                // A health check, which is nobody.
                client.write_all(b"\r\n\r\n\0\r\nQUIT\n\x20\0\0\0").await.unwrap();
                let _ = socket2::SockRef::from(&client).set_linger(Some(Duration::ZERO));
            }
            _ => {
                let _ = client.write_all(b"this balancer sends no header").await;
                assert_eq!(answer(&mut client).await.unwrap_or_default(), "");
            }
        }
    }
    said
}

async fn connect(from: Ipv4Addr, server: SocketAddr) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((from, 0)))?;
    socket.connect(server).await
}

async fn answer(client: &mut TcpStream) -> io::Result<String> {
    let mut answer = String::new();
    timeout(common::testing::TIME_LIMIT, client.read_to_string(&mut answer)).await??;
    Ok(answer)
}
