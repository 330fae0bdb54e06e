#!/bin/sh
# wrong: with -4 it shows no IPv4 address
# fails: with_4_it_takes_the_ipv4_address
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/56(84) bytes of data.".format(name, ip)/56(84) bytes of data.".format(name, "::1" if "-4" in words else ip)/' "$right")" "$@"
