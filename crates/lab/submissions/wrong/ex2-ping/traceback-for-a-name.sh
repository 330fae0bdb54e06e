#!/bin/sh
# wrong: a name that is not known ends it with a traceback
# fails: for_a_name_that_is_not_known_the_exit_code_is_2, table::a_row_that_cannot_be_pinged_keeps_its_place, table::a_row_without_times_says_why
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/except socket.gaierror as error/except ZeroDivisionError as error/' "$right")" "$@"
