#!/bin/sh
# wrong: it goes on when the server has gone
# fails: it_ends_when_both_ends_are_done
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/^os._exit(0)/threading.Event().wait(None if words[0] != "-l" else 0)/' "$right")" "$@"
