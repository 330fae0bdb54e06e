"""ips against `ip -br addr`: from the start of the program to its end, with this computer's own interfaces."""

import os
import shutil
import statistics
import subprocess
import time
from pathlib import Path

from bench_show import show

ROOT = Path(__file__).resolve().parent.parent
OURS = [ROOT / "target/release/ips"]
# An ordinary user's PATH on Debian has no ip.
PEER = [shutil.which("ip", path=os.environ["PATH"] + ":/usr/sbin:/sbin") or "ip", "-br", "addr"]
RUNS = 200


def milliseconds(command):
    """How long one run takes."""
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begin) * 1000


def run():
    subprocess.run(["cargo", "build", "--quiet", "--release", "--package", "ips"], cwd=ROOT, check=True)
    # The first run of each reads it from the disk.
    for command in (OURS, PEER):
        milliseconds(command)
    rounds = [(milliseconds(OURS), milliseconds(PEER)) for _ in range(RUNS)]
    ours, peer = (statistics.median(times) for times in zip(*rounds))
    print(f"one run with its start, {RUNS} of each in turns, in ms")
    show("median", ours, "ip -br addr", peer)
    print(f"  median of the ratios: {statistics.median(ours / peer for ours, peer in rounds):.2f}")
