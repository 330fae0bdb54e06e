#!/bin/sh
# wrong: it leaves at the end of the input with -N
# fails: with_n_it_shows_what_comes_after_the_end_of_its_input
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/        s.shutdown(socket.SHUT_WR)/        os._exit(0)/' "$right")" "$@"
