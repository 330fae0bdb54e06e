#!/bin/sh
# wrong: it has no TTL
# fails: a_reply_shows_its_ttl
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/ ttl={}/{:.0}/; s/seq, reply\[1\]/seq, ""/' "$right")" "$@"
