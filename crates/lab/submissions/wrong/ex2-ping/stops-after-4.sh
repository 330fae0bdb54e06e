#!/bin/sh
# wrong: without -c it stops after four, as on Windows
# fails: it_goes_on_until_ctrl_c, with_i_the_interval_is_another
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/else None$/else 2/; s/options.get("-i", 1)/options.get("-i", 1)/' "$right")" "$@"
