#!/bin/sh
# wrong: it does not know -i
# fails: with_i_the_interval_is_another
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/options.get("-i", 1)/1/' "$right")" "$@"
