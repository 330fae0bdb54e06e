#!/bin/sh
# wrong: it takes 127.0.0.1
# fails: the_loopback_address_is_refused, a_refusal_says_something
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/if ip.is_loopback:/if False:/' "$right")" "$@"
