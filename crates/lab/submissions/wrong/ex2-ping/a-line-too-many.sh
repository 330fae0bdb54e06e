#!/bin/sh
# wrong: it shows the last reply twice
# fails: with_c_it_ends_after_so_many
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/^    print("\\n---/    if count == 2: print("64 bytes from", ip)\n    print("\\n---/' "$right")" "$@"
