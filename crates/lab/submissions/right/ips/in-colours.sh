#!/bin/sh
# right: in-python.py with names, states and addresses in green
right=$(dirname "$0")/in-python.py
exec python3 -c "$(sed -e 's/"{}: {}, it is {}"/"\\033[32m{}\\033[0m: {}, it is \\033[32m{}\\033[0m"/' \
  -e 's/"    IP ", ip/"    IP \\033[32m" + ip + "\\033[0m"/' "$right")" "$@"
