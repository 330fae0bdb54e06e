#!/bin/sh
# wrong: it greets before the JSON
# fails: json_is_json_and_nothing_else
right=$(dirname "$0")/../../right/ips/in-python.py
exec python3 -c "$(sed 's/print(json.dumps/print("The interfaces:"); print(json.dumps/' "$right")" "$@"
