#!/bin/sh
# wrong: it leaves with 1 whatever came
# fails: with_a_reply_the_exit_code_is_0
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/sys.exit(0 if times else 1)/sys.exit(1)/' "$right")" "$@"
