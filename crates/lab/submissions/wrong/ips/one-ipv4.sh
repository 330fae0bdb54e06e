#!/bin/sh
# wrong: it takes 127.0.0.1 for all there is
# fails: it_lists_every_ipv4_address
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/print("    IP ", ip)/print("    IP ", ip if ":" in ip or one["kind"] == "loopback" else "none")/' "$right")" "$@"
