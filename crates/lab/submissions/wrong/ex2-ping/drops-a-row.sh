#!/bin/sh
# wrong: it drops the rows that it cannot ping
# fails: table::a_row_that_cannot_be_pinged_keeps_its_place
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/^    with open(file, "w")/    lines = [line for line in lines if "is not known" not in line]\n    with open(file, "w")/' "$right")" "$@"
