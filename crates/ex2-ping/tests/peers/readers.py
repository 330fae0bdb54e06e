"""What jc and pingparsing make of ping's lines on standard input, as JSON."""

import json
import sys

import jc
from pingparsing import PingParsing

lines = sys.stdin.read()
print(json.dumps({"jc": jc.parse("ping", lines), "pingparsing": PingParsing().parse(lines).as_dict()}))
