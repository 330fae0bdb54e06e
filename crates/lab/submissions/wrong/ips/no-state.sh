#!/bin/sh
# wrong: it does not say whether an interface is up
# fails: it_says_which_interface_is_up_and_which_is_down
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/, it is {}".format/".format/' "$right")" "$@"
