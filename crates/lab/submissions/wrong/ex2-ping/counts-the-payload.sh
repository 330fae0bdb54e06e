#!/bin/sh
# wrong: it counts the payload alone
# fails: a_reply_says_how_long_it_is_and_who_sent_it
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/return len(data), ttl/return len(data) - 8, ttl/' "$right")" "$@"
