#!/bin/sh
# wrong: a client shows what arrives when its input has ended, not before
# fails: it_shows_what_the_other_side_sends
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/^threading.Thread.*/if words[0] == "-l":\n    threading.Thread(target=to_the_other_side, daemon=True).start()\nelse:\n    to_the_other_side()/' "$right")" "$@"
