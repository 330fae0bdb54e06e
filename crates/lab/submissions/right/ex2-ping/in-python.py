# right: ping in Python, with a raw socket or one for datagrams
import os
import re
import socket
import struct
import sys
import time


def checksum(data):
    total = sum(struct.unpack("!{}H".format(len(data) // 2), data))
    while total >> 16:
        total = (total >> 16) + (total & 0xFFFF)
    return ~total & 0xFFFF


def open_socket():
    try:
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
        s.setsockopt(socket.IPPROTO_IP, socket.IP_RECVTTL, 1)
        return s, False
    except PermissionError:
        return socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP), True


def probe(ip, seq):
    """Sends a request, and waits a second for its reply: its bytes, its ttl and its time, or nothing."""
    # A raw socket gets the messages of all programs: one that stays open between two requests is full when many ping.
    s, is_raw = open_socket()
    ident = os.getpid() & 0xFFFF
    payload = b"x" * 56
    header = struct.pack("!BBHHH", 8, 0, 0, ident, seq)
    header = struct.pack("!BBHHH", 8, 0, checksum(header + payload), ident, seq)
    start = time.monotonic()
    s.sendto(header + payload, (ip, 0))
    while time.monotonic() - start < 1:
        s.settimeout(1)
        try:
            data, hidden, flags, address = s.recvmsg(2048, 256)
        except TimeoutError:
            return None
        elapsed = (time.monotonic() - start) * 1000
        ttl = data[8] if is_raw else struct.unpack("i", hidden[0][2])[0]
        data = data[20:] if is_raw else data
        kind, code, check, its_ident, its_seq = struct.unpack("!BBHHH", data[:8])
        if kind == 0 and its_seq == seq and (its_ident == ident or not is_raw):
            return len(data), ttl, elapsed
    return None


def resolve(name):
    try:
        return socket.gethostbyname(name)
    except socket.gaierror as error:
        print("ping: {}: {}".format(name, error.strerror), file=sys.stderr)
        return None


def ping(name, count=None, interval=1.0, quiet=False):
    """Pings until it is told to stop: the times."""
    ip = resolve(name)
    if ip is None:
        sys.exit(2)
    print("PING {} ({}) 56(84) bytes of data.".format(name, ip))
    times = []
    seq = 0
    begin = time.monotonic()
    try:
        while True:
            seq += 1
            reply = probe(ip, seq)
            if reply:
                times.append(reply[2])
                if not quiet:
                    print("{} bytes from {}: icmp_seq={} ttl={} time={:.3f} ms".format(reply[0], ip, seq, reply[1], reply[2]))
            if count and seq >= count:
                break
            time.sleep(max(0, begin + seq * interval - time.monotonic()))
    except KeyboardInterrupt:
        pass
    print("\n--- {} ping statistics ---".format(name))
    loss = 100 - 100 * len(times) // seq
    spent = int((time.monotonic() - begin) * 1000)
    print("{} packets transmitted, {} received, {}% packet loss, time {}ms".format(seq, len(times), loss, spent))
    if times:
        mean = sum(times) / len(times)
        mdev = (sum((one - mean) ** 2 for one in times) / len(times)) ** 0.5
        print("rtt min/avg/max/mdev = {:.3f}/{:.3f}/{:.3f}/{:.3f} ms".format(min(times), mean, max(times), mdev))
    sys.exit(0 if times else 1)


def fill(file):
    with open(file) as table:
        lines = table.read().splitlines()
    for place, line in enumerate(lines):
        if not line.startswith("|") or "---" in line or "Destination" in line:
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        ip = resolve(cells[0] or cells[1])
        if ip is None:
            cells[2] = "the name is not known"
        else:
            replies = [probe(ip, seq) for seq in (1, 2, 3)]
            cells[2] = ", ".join("{:.3f} ms".format(reply[2]) for reply in replies if reply) or "no reply"
        lines[place] = "| " + " | ".join(cells) + " |"
    with open(file, "w") as table:
        table.write("\n".join(lines) + "\n")


words = sys.argv[1:]
options = {word: words[place + 1] for place, word in enumerate(words[:-1]) if word.startswith("-")}
if "--table" in options:
    fill(options["--table"])
else:
    count = int(options["-c"]) if "-c" in options else None
    ping(words[-1], count, float(options.get("-i", 1)), "-q" in words)
