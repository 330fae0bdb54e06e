#!/bin/sh
# wrong: the first line has the IP alone
# fails: a_name_is_looked_up
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/({}) 56(84) bytes of data.".format(name, ip)/({}) 56(84) bytes of data.".format(ip, ip)/' "$right")" "$@"
