#!/bin/sh
# wrong: it takes -N and does nothing
# fails: with_n_the_other_side_is_told_that_the_input_has_ended
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/    if half_close:/    if False:/' "$right")" "$@"
