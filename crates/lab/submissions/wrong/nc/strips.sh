#!/bin/sh
# wrong: it strips what is typed
# fails: it_sends_every_byte_as_it_is
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/s.sendall(data)/s.sendall(data.strip(b" "))/' "$right")" "$@"
