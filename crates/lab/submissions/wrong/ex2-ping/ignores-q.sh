#!/bin/sh
# wrong: it does not know -q
# fails: with_q_only_the_statistics_are_shown
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/, "-q" in words)/)/' "$right")" "$@"
