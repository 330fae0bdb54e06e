#!/bin/sh
# wrong: it numbers from 0
# fails: replies_are_numbered_from_1
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/icmp_seq={} ttl={} time={:.3f} ms".format(reply\[0\], ip, seq/icmp_seq={} ttl={} time={:.3f} ms".format(reply[0], ip, seq - 1/' "$right")" "$@"
