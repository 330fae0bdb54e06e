#!/bin/sh
# wrong: it sends as fast as it can
# fails: a_second_lies_between_two_requests, with_i_the_interval_is_another
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/time.sleep(.*/time.sleep(0.01)/' "$right")" "$@"
