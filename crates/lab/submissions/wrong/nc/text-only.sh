#!/bin/sh
# wrong: it decodes what arrives
# fails: it_shows_every_byte_as_it_is_and_nothing_else
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/os.write(1, data)/os.write(1, data.decode("latin-1").encode())/' "$right")" "$@"
