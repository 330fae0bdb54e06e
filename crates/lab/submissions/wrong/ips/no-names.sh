#!/bin/sh
# wrong: it calls the interfaces by numbers
# fails: it_lists_the_name_of_every_interface
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/print("{}: {}, it is {}".format(one\["name"\]/print("an interface: {}, it is {}".format(/; s/format(, one/format(one/' "$right")" "$@"
