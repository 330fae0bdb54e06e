#!/bin/sh
# wrong: a row that it cannot ping stays empty
# fails: table::a_row_without_times_says_why
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/cells\[2\] = "the name is not known"/cells[2] = ""/' "$right")" "$@"
