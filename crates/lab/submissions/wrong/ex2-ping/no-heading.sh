#!/bin/sh
# wrong: the statistics have no heading
# fails: the_statistics_have_a_heading
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/^    print("\\n--- {} ping statistics ---".format(name))/    pass/' "$right")" "$@"
