#!/bin/sh
# wrong: it takes a netmask
# fails: a_netmask_is_refused
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/if text.startswith("255.") and.*/if False:/' "$right")" "$@"
