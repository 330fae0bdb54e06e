#!/bin/sh
# wrong: the first line is in lower case
# fails: the_first_line_says_what_is_pinged
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/"PING {}/"ping {}/' "$right")" "$@"
