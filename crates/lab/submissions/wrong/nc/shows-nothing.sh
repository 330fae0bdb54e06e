#!/bin/sh
# wrong: it does not show what arrives
# fails: it_shows_what_the_other_side_sends, a_listener_shows_what_its_client_sends, it_shows_what_comes_after_the_end_of_its_input, with_n_it_shows_what_comes_after_the_end_of_its_input
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/os.write(1, data)/pass/' "$right")" "$@"
