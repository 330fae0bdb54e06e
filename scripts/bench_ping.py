"""ex2-ping against the ping of iputils: round trips beside the wire, and processor time for each probe.

Runs in a network of its own with nothing but loopback, see unshare(1). What the wire saw is taken with a packet socket and
the kernel's time stamps: the request as it leaves, the reply as it comes in.
"""

import os
import random
import re
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench_show import show

ROOT = Path(__file__).resolve().parent.parent
PROBES = 200
ROUNDS = 10
SERIES = 300
LOOPBACK, SCRIPTED = "127.0.0.1", "127.0.0.2"
TIME_STAMPS = 35  # SO_TIMESTAMPNS, which Python's socket module has no name for
OURS = [ROOT / "target/release/ex2-ping"]
PEER = ["ping"]
LINE = re.compile(r"icmp_seq=(\d+) ttl=\d+ time=([\d.]+) ms")


class Wire:
    """Everything that passes on loopback, while `with` lasts: round trips in µs by sequence number."""

    def __enter__(self):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0003))
        self.socket.bind(("lo", 0x0003))
        self.socket.setsockopt(socket.SOL_SOCKET, TIME_STAMPS, 1)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        self.left, self.arrived = {}, {}
        self.stopping = False
        self.thread = threading.Thread(target=self.read)
        self.thread.start()
        return self

    def read(self):
        self.socket.settimeout(0.2)
        while True:
            try:
                packet, extra, _, address = self.socket.recvmsg(2048, 64)
            except TimeoutError:
                if self.stopping:
                    return
                continue
            header = (packet[0] & 15) * 4
            if packet[9] != socket.IPPROTO_ICMP:
                continue
            kind, sequence = packet[header], int.from_bytes(packet[header + 6 : header + 8])
            seconds, nanoseconds = struct.unpack("qq", extra[0][2])
            stamp = seconds * 1_000_000 + nanoseconds / 1000
            leaves = address[2] == socket.PACKET_OUTGOING
            if kind == 8 and leaves:
                self.left.setdefault(sequence, stamp)
            elif kind == 0 and not leaves:
                self.arrived.setdefault(sequence, stamp)

    def __exit__(self, *_):
        self.stopping = True
        self.thread.join()
        self.socket.close()

    def has(self, sequence):
        return sequence in self.left and sequence in self.arrived

    def round_trip(self, sequence):
        return self.arrived[sequence] - self.left[sequence]


def pinged(command, address):
    """The program's own times, the wire's, and how far they are apart, in µs."""
    with Wire() as wire:
        run = [*command, "-n", "-i", "0.005", "-c", str(PROBES), address]
        output = subprocess.run(run, stdout=subprocess.PIPE, text=True, check=True).stdout
    times = {int(sequence): float(time) * 1000 for sequence, time in LINE.findall(output)}
    # What the packet socket has missed is left out.
    seen = [(time, wire.round_trip(sequence)) for sequence, time in times.items() if wire.has(sequence)]
    return [time for time, _ in seen], [wire for _, wire in seen], [abs(time - wire) for time, wire in seen]


def in_turns(address):
    """Both programs, round by round, in an order drawn by lot: (times, wire times, errors) of each."""
    gathered = {"ours": ([], [], []), "peer": ([], [], [])}
    for _ in range(ROUNDS):
        turns = [("ours", OURS), ("peer", PEER)]
        random.shuffle(turns)
        for name, command in turns:
            for all_values, values in zip(gathered[name], pinged(command, address)):
                all_values.extend(values)
    return gathered["ours"], gathered["peer"]


def ninetieth(values):
    return statistics.quantiles(values, n=10)[-1]


def compare(title, address):
    (our_times, our_wires, our_errors), (their_times, their_wires, their_errors) = in_turns(address)
    print(f"{title}, {ROUNDS} x {PROBES} probes each, in µs", flush=True)
    show("median of the round trips", statistics.median(our_times), "ping", statistics.median(their_times))
    show("the same on the wire", statistics.median(our_wires), "ping", statistics.median(their_wires))
    show("90th percentile of the round trips", ninetieth(our_times), "ping", ninetieth(their_times))
    show("mean error against the wire", statistics.mean(our_errors), "ping", statistics.mean(their_errors))
    show("90th percentile of the error", ninetieth(our_errors), "ping", ninetieth(their_errors))


def processor_time(command):
    """User and system time of a whole run, in µs for each probe. For less than 10 ms ping does not sleep, but asks and asks."""
    run = [*command, "-q", "-n", "-i", "0.02", "-c", str(SERIES), LOOPBACK]
    process = subprocess.Popen(run, stdout=subprocess.DEVNULL)
    usage = os.wait4(process.pid, 0)[2]
    return (usage.ru_utime + usage.ru_stime) * 1e6 / SERIES


def compare_processor_times():
    rounds = [(processor_time(OURS), processor_time(PEER)) for _ in range(ROUNDS)]
    print(f"processor time for each probe, one in 20 ms, {ROUNDS} x {SERIES} probes, in µs", flush=True)
    ours, peer = (statistics.median(times) for times in zip(*rounds))
    show("median", ours, "ping", peer)
    print(f"  median of the ratios: {statistics.median(ours / peer for ours, peer in rounds):.2f}", flush=True)


def measure():
    """Runs inside the namespace."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    # Both programs through a datagram socket, as ordinary users have it.
    Path("/proc/sys/net/ipv4/ping_group_range").write_text("0 0")
    compare("loopback", LOOPBACK)
    compare_processor_times()
    hogs = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        compare("loopback, beside two programs that take all the processor time they get", LOOPBACK)
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()
    # From here on the kernel answers nobody: the scripted host does, 10 ms later.
    Path("/proc/sys/net/ipv4/icmp_echo_ignore_all").write_text("1")
    host = [ROOT / "target/release/examples/scripted-host", "--delay", "10ms", SCRIPTED]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    with subprocess.Popen(host, **pipes) as running:
        running.stderr.readline()  # it says when it answers
        compare("a host that answers after 10 ms", SCRIPTED)
        running.stdin.close()


def measure_table():
    """Runs on the student's computer of the virtual lab."""
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "Ex2.txt"
        table.write_bytes((ROOT / "session-08/Ex2.txt").read_bytes())
        rows = [line.strip("| \n").split("|") for line in table.read_text().splitlines()[2:]]
        destinations = [row[0].strip() or row[1].strip() for row in rows]
        begin = time.perf_counter()
        subprocess.run([*OURS, "--table", table], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        ours = time.perf_counter() - begin
        begin = time.perf_counter()
        for destination in destinations:
            subprocess.run([*PEER, "-c", "4", destination], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        peer = time.perf_counter() - begin
    print(f"the lesson's {len(destinations)} destinations, some of them dead, in s")
    show("ex2-ping --table, and ping -c 4 one after the other", ours, "ping", peer)


def run_table():
    subprocess.run(["cargo", "build", "--quiet", "--release", "--package", "ex2-ping"], cwd=ROOT, check=True)
    inside = [ROOT / "scripts/virtual-lab", sys.executable, ROOT / "scripts/bench", "table-inside"]
    sys.exit(subprocess.run(inside).returncode)


def run():
    build = ["cargo", "build", "--quiet", "--release", "--package", "ex2-ping"]
    subprocess.run([*build, "--bins"], cwd=ROOT, check=True)
    subprocess.run([*build, "--example", "scripted-host"], cwd=ROOT, check=True)
    inside = [sys.executable, str(ROOT / "scripts/bench"), "ping-inside"]
    sys.exit(subprocess.run(["unshare", "--map-root-user", "--net", "--kill-child", "--fork", *inside]).returncode)
