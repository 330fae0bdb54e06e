#!/bin/sh
# wrong: it prints what Python shows of a list
# fails: json_is_json_and_nothing_else, json_holds_the_names_and_the_addresses
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/print(json.dumps(list(interfaces())))/print(list(interfaces()))/' "$right")" "$@"
