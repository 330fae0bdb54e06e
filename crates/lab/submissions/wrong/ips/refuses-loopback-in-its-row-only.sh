#!/bin/sh
# wrong: it refuses 127.0.0.1 with a word, and writes it all the same
# fails: the_loopback_address_is_refused
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/    if reason:/    if reason == "it is loopback": print("127.0.0.1 is loopback")\n    elif reason:/' "$right")" "$@"
