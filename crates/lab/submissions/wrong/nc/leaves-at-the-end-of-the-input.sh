#!/bin/sh
# wrong: it leaves at the end of the input without -N
# fails: it_shows_what_comes_after_the_end_of_its_input
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/^    if half_close:/    if not half_close:\n        os._exit(0)\n    else:/' "$right")" "$@"
