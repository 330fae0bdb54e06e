#!/bin/sh
# wrong: it says nothing of what it refuses
# fails: a_refusal_says_something
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/sys.exit("{} is refused: {}".format(ip, reason))/sys.exit(1)/' "$right")" "$@"
