#!/bin/sh
# wrong: the time is in seconds
# fails: a_reply_shows_its_time
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/time={:.3f} ms".format/time={:.6f} s".format/' "$right")" "$@"
