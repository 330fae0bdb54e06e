#!/bin/sh
# wrong: it shows the row and does not save it
# fails: save_writes_the_row_of_this_computer
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/    save(machine, interface/    print(machine, interface/; s/save(options\["--machine"\], interface/print(options["--machine"], interface/' "$right")" "$@"
