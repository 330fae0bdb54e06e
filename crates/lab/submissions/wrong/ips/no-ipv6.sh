#!/bin/sh
# wrong: it knows IPv4 alone
# fails: it_lists_every_ipv6_address
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/print("    IP ", ip)/print("    IP ", "none" if ":" in ip else ip)/' "$right")" "$@"
