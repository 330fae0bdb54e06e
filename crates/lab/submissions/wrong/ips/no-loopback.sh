#!/bin/sh
# wrong: it leaves out loopback
# fails: it_lists_the_loopback_interface
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/for ip in one\["ips"\]:/for ip in [ip for ip in one["ips"] if not ip.startswith("127.")]:/' "$right")" "$@"
