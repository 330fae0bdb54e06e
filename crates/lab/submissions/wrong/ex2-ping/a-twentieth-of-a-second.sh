#!/bin/sh
# wrong: it sends twenty times a second
# fails: a_second_lies_between_two_requests
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/options.get("-i", 1)/options.get("-i", 0.05)/' "$right")" "$@"
