#!/bin/sh
# wrong: a client sends a text of its own
# fails: it_sends_what_is_typed
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/s.sendall(data)/s.sendall(data if words[0] == "-l" else b"HELLO")/' "$right")" "$@"
