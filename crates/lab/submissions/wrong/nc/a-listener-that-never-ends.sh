#!/bin/sh
# wrong: it goes on when its client has gone
# fails: a_listener_ends_when_its_client_is_gone
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/^os._exit(0)/threading.Event().wait(None if words[0] == "-l" else 0)/' "$right")" "$@"
