"""One line for each figure: ours, the peer's, and how many times the peer's ours is. `scripts/bench all` reads these lines again."""

import re

LINE = re.compile(r"^  (.+?)  +ours +([\d.]+)   (.+?) +([\d.]+)   ratio ([\d.]+)$", re.M)


def show(what, ours, peer, value):
    print(f"  {what:<50} ours {ours:9.2f}   {peer} {value:9.2f}   ratio {ours / value:.2f}", flush=True)


def shown(text):
    """(what, ours, peer's) of each line that `show` has printed, and the peer's name."""
    lines = LINE.findall(text)
    return [(what, float(ours), float(value)) for what, ours, _, value, _ in lines], lines[0][2] if lines else ""
