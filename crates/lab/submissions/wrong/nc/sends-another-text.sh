#!/bin/sh
# wrong: it sends a text of its own
# fails: it_sends_what_is_typed, a_listener_sends_what_is_typed_to_its_client
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/s.sendall(data)/s.sendall(b"HELLO")/' "$right")" "$@"
