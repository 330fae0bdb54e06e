#!/bin/sh
# wrong: it has no MAC
# fails: it_lists_every_mac
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/print("    MAC", one\["mac"\])/pass/' "$right")" "$@"
