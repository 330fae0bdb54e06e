#!/bin/sh
# right: in-python.py with its numbers in colours
right=$(dirname "$0")/in-python.py
exec python3 -c "$(sed -e 's/"{} bytes from {}: \(.*\) time={:.3f} ms"/"\\033[32m{}\\033[0m bytes from \\033[1m{}\\033[0m: \1 time=\\033[33m{:.3f}\\033[0m ms"/' \
  -e 's/"{} packets/"\\033[1m{}\\033[0m packets/' "$right")" "$@"
