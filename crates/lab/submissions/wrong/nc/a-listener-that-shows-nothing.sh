#!/bin/sh
# wrong: a listener does not show what arrives
# fails: a_listener_shows_what_its_client_sends
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/os.write(1, data)/words[0] == "-l" or os.write(1, data)/' "$right")" "$@"
