#!/bin/sh
# wrong: it counts wrong
# fails: with_c_it_ends_after_so_many, the_statistics_count_the_packets
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/seq >= count/seq > count/' "$right")" "$@"
