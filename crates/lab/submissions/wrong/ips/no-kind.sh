#!/bin/sh
# wrong: it does not say what an interface is made of
# fails: it_says_the_kind_of_every_interface
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/kind = "[a-z]*"/kind = "interface"/' "$right")" "$@"
