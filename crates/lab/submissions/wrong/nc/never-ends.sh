#!/bin/sh
# wrong: it goes on when all is done
# fails: it_ends_when_both_ends_are_done, a_listener_ends_when_its_client_is_gone
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/^os._exit(0)/threading.Event().wait()/' "$right")" "$@"
