#!/bin/sh
# wrong: it writes the table alone
# fails: table::all_other_lines_are_kept
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/splitlines()/splitlines(); lines = [line for line in lines if line.startswith("|")]/' "$right")" "$@"
