#!/bin/sh
# wrong: it takes the address of everybody
# fails: an_address_of_nobody_or_of_everybody_is_refused
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/if text in ("0.0.0.0", "255.255.255.255"):/if text == "0.0.0.0":/' "$right")" "$@"
