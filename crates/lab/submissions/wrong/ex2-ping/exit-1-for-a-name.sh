#!/bin/sh
# wrong: it leaves with 1 for a name that is not known
# fails: for_a_name_that_is_not_known_the_exit_code_is_2
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/sys.exit(2)/sys.exit(1)/' "$right")" "$@"
