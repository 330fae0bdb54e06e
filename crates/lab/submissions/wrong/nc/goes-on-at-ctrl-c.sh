#!/bin/sh
# wrong: it ignores Ctrl-C
# fails: ctrl_c_ends_it
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/^words = sys.argv\[1:\]/words = sys.argv[1:]\nimport signal; signal.signal(signal.SIGINT, signal.SIG_IGN)/' "$right")" "$@"
