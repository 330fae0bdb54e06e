#!/bin/sh
# wrong: it closes the listening socket when its client is there
# fails: the_next_client_waits_until_the_first_is_gone
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/    (s, address) = listener.accept()/    (s, address) = listener.accept()\n    listener.close()/' "$right")" "$@"
