#!/bin/sh
# wrong: a listener does not send what is typed
# fails: a_listener_sends_what_is_typed_to_its_client
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/s.sendall(data)/words[0] == "-l" or s.sendall(data)/' "$right")" "$@"
