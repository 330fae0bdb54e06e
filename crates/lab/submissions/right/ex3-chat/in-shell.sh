#!/bin/sh
# right: a shell script around nc
while IFS= read -r message; do
    printf '%s' "$message" | nc -N "$1" "$2" >/dev/null
done
