#!/bin/sh
# wrong: the times of the table have no unit
# fails: table::the_times_are_filled_in
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/", ".join("{:.3f} ms"/", ".join("{:.3f}"/' "$right")" "$@"
