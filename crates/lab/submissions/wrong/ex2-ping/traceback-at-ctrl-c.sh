#!/bin/sh
# wrong: Ctrl-C ends it with a traceback
# fails: ctrl_c_shows_the_statistics
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/^    except KeyboardInterrupt:/    except ZeroDivisionError:/' "$right")" "$@"
