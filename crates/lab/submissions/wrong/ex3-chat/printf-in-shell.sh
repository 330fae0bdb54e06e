#!/bin/sh
# wrong: the message is the format of printf
# fails: the_message::it_sends_every_character_as_it_is
while IFS= read -r message; do
    printf "$message" | nc -N "$1" "$2" >/dev/null
done
