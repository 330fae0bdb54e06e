#!/bin/sh
# wrong: the row has no date
# fails: the_row_has_a_date
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/datetime.date.today().strftime("%d\/%m\/%y")/""/' "$right")" "$@"
