#!/bin/sh
# wrong: it looks for the wrong flag
# fails: it_says_which_interface_is_up_and_which_is_down
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/"UP" in one/"up" in one/' "$right")" "$@"
