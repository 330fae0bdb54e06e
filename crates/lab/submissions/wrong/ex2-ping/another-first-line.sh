#!/bin/sh
# wrong: the first line is in other words
# fails: the_first_line_says_what_is_pinged, a_name_is_looked_up, with_4_it_takes_the_ipv4_address
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/print("PING {} ({}) 56(84) bytes of data.".format(name, ip))/print("Let us see who is there")/' "$right")" "$@"
