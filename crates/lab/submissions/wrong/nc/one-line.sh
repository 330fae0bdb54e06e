#!/bin/sh
# wrong: it sends one line
# fails: the_conversation_goes_on_after_the_first_answer
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/        s.sendall(data)/        s.sendall(data)\n        break/' "$right")" "$@"
