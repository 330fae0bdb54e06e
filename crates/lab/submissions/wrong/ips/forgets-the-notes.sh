#!/bin/sh
# wrong: it writes the table alone
# fails: saving_keeps_every_other_line
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/splitlines()/splitlines(); lines = [line for line in lines if line.startswith("|")]/' "$right")" "$@"
