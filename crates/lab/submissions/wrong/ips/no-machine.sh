#!/bin/sh
# wrong: the row does not say of which machine it is
# fails: add_writes_what_was_typed_into_a_row
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/save(options\["--machine"\], options\["--interface"\]/save("somebody", options["--interface"]/' "$right")" "$@"
