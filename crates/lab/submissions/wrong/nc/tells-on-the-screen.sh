#!/bin/sh
# wrong: it says on standard output that it is connected
# fails: it_shows_every_byte_as_it_is_and_nothing_else
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/^threading.Thread/print("connected", flush=True)\nthreading.Thread/' "$right")" "$@"
