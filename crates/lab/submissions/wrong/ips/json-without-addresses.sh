#!/bin/sh
# wrong: the JSON has the names alone
# fails: json_holds_the_names_and_the_addresses
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/json.dumps(list(interfaces()))/json.dumps([one["name"] for one in interfaces()])/' "$right")" "$@"
