#!/usr/bin/env python3
"""Draws the lesson's pictures: session-08/pictures/*.svg. The same every time; --check says whether they are as drawn here.

Each has its own background and follows the reader's choice of light or dark, by prefers-color-scheme. The page has a text beside each.
"""

import pathlib
import sys

FOLDER = pathlib.Path(__file__).parent.parent / "session-08" / "pictures"

STYLE = """
    svg { --ink: #1f2328; --quiet: #59636e; --paper: #ffffff; --box: #f0f3f6; --go: #0550ae; --back: #116329; --bad: #a40e26 }
    @media (prefers-color-scheme: dark) {
      svg { --ink: #f0f6fc; --quiet: #9198a1; --paper: #0d1117; --box: #212830; --go: #79c0ff; --back: #7ee787; --bad: #ff9492 }
    }
    text { font: 15px ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--ink) }
    .mono { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
    .head { font-weight: 600 }
    .quiet { fill: var(--quiet) }
    .paper { fill: var(--paper) }
    .box { fill: var(--box); stroke: var(--quiet) }
    .line { stroke: var(--quiet); stroke-width: 1.5; fill: none }
    .dash { stroke-dasharray: 5 5 }
    .go { stroke: var(--go); stroke-width: 2; fill: none; marker-end: url(#go) }
    .back { stroke: var(--back); stroke-width: 2; fill: none; marker-end: url(#back) }
    .fill-go { fill: var(--go) } .fill-back { fill: var(--back) } .fill-bad { fill: var(--bad) }
""".strip("\n")


class Picture:
    def __init__(self, title, width, height):
        self.title, self.width, self.height, self.parts = title, width, height, []

    def text(self, x, y, words, style="", anchor="middle"):
        words = words.replace("&", "&amp;").replace("<", "&lt;")
        self.parts.append(f'<text x="{x}" y="{y}" text-anchor="{anchor}" class="{style}">{words}</text>')

    def box(self, x, y, width, height, style="box"):
        self.parts.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="8" class="{style}"/>')

    def line(self, x1, y1, x2, y2, style="line"):
        self.parts.append(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" class="{style}"/>')

    def arrow(self, x1, y1, x2, y2, words, style):
        """An arrow with its words above it."""
        self.line(x1, y1, x2, y2, style)
        self.text((x1 + x2) / 2, (y1 + y2) / 2 - 8, words, f"fill-{style}")

    def svg(self):
        markers = "".join(
            f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
            f'<path d="M0 0 10 5 0 10z" class="fill-{name}"/></marker>'
            for name in ("go", "back")
        )
        body = "\n  ".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" role="img" '
            f'aria-labelledby="title">\n  <title id="title">{self.title}</title>\n  <style>\n{STYLE}\n  </style>\n  <defs>{markers}</defs>\n'
            f'  <rect width="{self.width}" height="{self.height}" class="paper"/>\n  {body}\n</svg>\n'
        )


def client_and_server():
    picture = Picture("The client asks, the server answers", 720, 220)
    for x, who, what, ip, port in (
        (20, "client", "asks", "192.168.124.11", "port 50312"),
        (500, "server", "waits, and answers", "192.168.124.179", "port 8080"),
    ):
        picture.box(x, 40, 200, 140)
        picture.text(x + 100, 70, who, "head")
        picture.text(x + 100, 94, what, "quiet")
        picture.text(x + 100, 132, ip, "mono")
        picture.text(x + 100, 156, port, "mono")
    picture.arrow(226, 90, 494, 90, "HELLO FROM THE CLIENT!!!", "go")
    picture.arrow(494, 150, 226, 150, "Hello from the teacher's server", "back")
    return picture


def interfaces():
    picture = Picture("An address belongs to an interface", 720, 260)
    picture.box(20, 30, 260, 200)
    picture.text(150, 58, "your computer", "head")
    for y, name, ip in ((80, "lo", "127.0.0.1"), (150, "eth0", "192.168.124.11")):
        picture.box(40, y, 220, 54, "box paper")
        picture.text(56, y + 33, name, "mono head", "start")
        picture.text(244, y + 33, ip, "mono", "end")
    picture.parts.append('<path d="M260 95 h40 a12 12 0 0 1 0 24 h-34" class="line"/>')
    picture.text(322, 112, "back to itself", "quiet", "start")
    picture.line(260, 177, 460, 177)
    picture.text(350, 200, "cable or wifi", "quiet")
    picture.box(460, 150, 90, 54)
    picture.text(505, 182, "router", "head")
    picture.line(550, 177, 580, 177)
    picture.box(580, 150, 120, 54)
    picture.text(640, 182, "the Internet", "head")
    picture.line(440, 177, 440, 70)
    picture.line(440, 70, 460, 70)
    picture.box(460, 43, 240, 54)
    picture.text(580, 66, "teacher's computer", "head")
    picture.text(580, 86, "192.168.124.179", "mono")
    return picture


def ports():
    picture = Picture("The address finds the computer, the port the program", 720, 250)
    picture.box(300, 20, 400, 210)
    picture.text(500, 48, "192.168.124.179", "mono head")
    for y, port, program in ((65, "443", "a web server"), (120, "8080", "the teacher's server"), (175, "50312", "a client")):
        picture.box(300, y, 90, 40, "box paper")
        picture.text(345, y + 25, port, "mono head")
        picture.text(410, y + 25, program, "", "start")
    picture.arrow(20, 140, 294, 140, "to 192.168.124.179, 8080", "go")
    return picture


def five_steps():
    picture = Picture("The five steps of a client, and what the server does meanwhile", 720, 400)
    left, right = 200, 520
    for x, who in ((left, "client"), (right, "server")):
        picture.text(x, 28, who, "head")
        picture.line(x, 40, x, 390)
    for y, mine, theirs in (
        (70, "1 create", "create, bind, listen"),
        (120, "2 connect", "accept"),
        (180, "3 send", "receive"),
        (250, "4 receive", "send"),
        (320, "5 close", "close"),
    ):
        picture.text(left - 16, y + 5, mine, "", "end")
        picture.text(right + 16, y + 5, theirs, "", "start")
    picture.arrow(left, 120, right, 130, "connect", "go")
    picture.arrow(left, 180, right, 190, "HELLO", "go")
    picture.arrow(right, 240, left, 250, "Hello from the teacher's server", "back")
    picture.arrow(right, 300, left, 310, "end (FIN)", "back")
    picture.arrow(left, 350, right, 360, "end (FIN)", "go")
    return picture


def backlog():
    picture = Picture("The backlog: a queue in front of accept", 720, 220)
    picture.box(230, 50, 260, 130)
    picture.text(360, 38, "the system's queue: the backlog", "head")
    for x, words in ((250, "HELLO"), (370, "Hi")):
        picture.box(x, 75, 100, 54, "box paper")
        picture.text(x + 50, 98, "client", "quiet")
        picture.text(x + 50, 118, words, "mono")
    picture.text(360, 160, "connected, not yet accepted", "quiet")
    picture.arrow(20, 102, 226, 102, "connect", "go")
    picture.box(560, 50, 140, 130)
    picture.text(630, 38, "your server", "head")
    picture.text(630, 98, "serves one", "")
    picture.text(630, 118, "client", "")
    picture.arrow(492, 102, 556, 102, "accept", "go")
    return picture


def silent_client():
    picture = Picture("A silent client, and two kinds of servers", 720, 320)

    def half(top, heading, waits):
        picture.text(20, top, heading, "head", "start")
        for row, who in enumerate(("silent", "you")):
            y = top + 38 + 46 * row
            picture.text(90, y + 5, who, "", "end")
            picture.line(110, y, 690, y, "line dash")
        picture.box(130, top + 24, 400, 28)
        picture.text(330, top + 43, "connected, says nothing", "quiet")
        start = 240
        if waits:
            picture.box(start, top + 70, 290, 28)
            picture.text(start + 145, top + 89, "waits in the queue", "fill-bad")
            start = 530
        picture.box(start, top + 70, 120, 28)
        picture.text(start + 60, top + 89, "answered", "fill-back")

    half(30, "one after the other", True)
    half(180, "side by side", False)
    picture.text(690, 306, "time →", "quiet", "end")
    return picture


PICTURES = {
    "client-and-server": client_and_server,
    "interfaces": interfaces,
    "ports": ports,
    "five-steps": five_steps,
    "backlog": backlog,
    "silent-client": silent_client,
}


def main():
    drawn = {FOLDER / f"{name}.svg": draw().svg() for name, draw in PICTURES.items()}
    if sys.argv[1:] == ["--check"]:
        there = {path: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
        sys.exit(None if there == drawn else "error: the pictures are not as scripts/pictures.py draws them\nnext:  scripts/pictures.py")
    FOLDER.mkdir(exist_ok=True)
    for path, svg in drawn.items():
        path.write_text(svg, encoding="utf-8")


main()
