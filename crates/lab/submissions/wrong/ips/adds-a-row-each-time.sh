#!/bin/sh
# wrong: it does not look whether the row is there
# fails: saving_twice_adds_no_second_row
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/if len(cells) == 5 and/if len(cells) == 5 and not cells[4] and/' "$right")" "$@"
