#!/bin/sh
# wrong: it ends only when it is killed
# fails: it_goes_on_until_ctrl_c
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/^    except KeyboardInterrupt:/    except ZeroDivisionError:/; s/^words = sys.argv\[1:\]/import signal; signal.signal(signal.SIGINT, lambda *a: print("0 packets transmitted"))\nwords = sys.argv[1:]/' "$right")" "$@"
