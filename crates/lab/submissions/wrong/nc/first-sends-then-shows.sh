#!/bin/sh
# wrong: it shows what arrives when its input has ended, not before
# fails: it_shows_what_the_other_side_sends, a_listener_shows_what_its_client_sends
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/^threading.Thread(.*/to_the_other_side()/' "$right")" "$@"
