#!/bin/sh
# wrong: read without -r takes backslashes away
# fails: the_message::it_sends_every_character_as_it_is
while IFS= read message; do
    printf '%s' "$message" | nc -N "$1" "$2" >/dev/null
done
