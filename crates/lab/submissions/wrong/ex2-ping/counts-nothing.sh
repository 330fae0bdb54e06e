#!/bin/sh
# wrong: the statistics do not count what came
# fails: the_statistics_count_the_packets
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/{} received, {}% packet loss/{} came, {} lost/' "$right")" "$@"
