#!/bin/sh
# wrong: the statistics have no round trips
# fails: the_statistics_show_the_round_trips
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/print("rtt .*/pass/' "$right")" "$@"
