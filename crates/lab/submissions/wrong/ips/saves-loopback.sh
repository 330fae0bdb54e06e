#!/bin/sh
# wrong: it saves the first address of the list
# fails: the_saved_address_is_one_of_this_computer
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/if not ipaddress.ip_address(ip).is_loopback:/if True:/; s/if ip.is_loopback:/if ip.is_loopback and words[0] == "add":/' "$right")" "$@"
