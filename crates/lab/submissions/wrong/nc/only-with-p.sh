#!/bin/sh
# wrong: it takes the port behind -p only
# fails: the_p_before_the_port_may_be_left_out
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/int(words\[-1\])/int(words[words.index("-p") + 1])/' "$right")" "$@"
