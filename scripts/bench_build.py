"""How long a student waits for cargo, against another revision of this project: in turns, offline, in exported folders."""

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from bench_checkout import checkout
from bench_show import show

ROOT = Path(__file__).resolve().parent.parent
EXERCISE = "ex3-chat"
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
# What is set on this machine would hold for the students' folders as well.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("CARGO_")}


def seconds(folder, *words):
    """Real time of a command, and the processor time of it and all that it started."""
    before, begin = os.times(), time.perf_counter()
    subprocess.run(["cargo", *words], cwd=folder, env=ENVIRONMENT, **QUIET)
    after = os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return time.perf_counter() - begin, used


def measured(folder):
    shutil.rmtree(folder / "target", ignore_errors=True)
    cold, processor = seconds(folder, "test", "--no-run", "--offline", "--locked")
    seconds(folder, "test", "--offline", "--locked")
    warm, _ = seconds(folder, "test", "--offline", "--locked")
    return cold, processor, warm


def run(words):
    parser = argparse.ArgumentParser(prog="scripts/bench build")
    parser.add_argument("--baseline", metavar="REV", default="HEAD~1", help="the other revision [%(default)s]")
    parser.add_argument("--rounds", type=int, default=3, help="[%(default)s]")
    options = parser.parse_args(words)
    with checkout(options.baseline) as other, tempfile.TemporaryDirectory() as name:
        folders = {source: Path(name) / place for source, place in ((ROOT, "ours"), (other, "theirs"))}
        for source, folder in folders.items():
            export = ["cargo", "run", "--quiet", "--package", "lab", "--", "export", EXERCISE, folder]
            subprocess.run(export, cwd=source, env={**ENVIRONMENT, "CARGO_TARGET_DIR": f"{name}/target"}, **QUIET)
        rounds = [[measured(folder) for folder in folders.values()] for _ in range(options.rounds)]
    print(f"cargo test in an exported {EXERCISE}, medians of {options.rounds} rounds in turns, in s")
    for place, what in enumerate(("cold, until the tests are built", "  processor time of that", "warm, with the tests' own time")):
        ours, theirs = (statistics.median(turns[turn][place] for turns in rounds) for turn in (0, 1))
        show(what, ours, options.baseline, theirs)
