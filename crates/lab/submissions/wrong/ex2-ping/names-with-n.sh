#!/bin/sh
# wrong: it looks up names with -n
# fails: with_n_replies_show_addresses_only
right=$(dirname "$0")/../../right/ex2-ping/in-python.py
exec python3 -c "$(sed 's/{} bytes from {}: icmp_seq/{} bytes from {} ({ip}): icmp_seq/; s/reply\[0\], ip, seq/reply[0], name, seq/; s/reply\[2\]))/reply[2], ip=ip))/' "$right")" "$@"
