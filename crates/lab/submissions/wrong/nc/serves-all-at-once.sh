#!/bin/sh
# wrong: it serves the next client as well
# fails: the_next_client_waits_until_the_first_is_gone
right=$(dirname "$0")/../../right/nc/in-python.py
exec python3 -c "$(sed 's/^threading.Thread(target/def next_one():\n    (other, address) = listener.accept()\n    while True:\n        data = other.recv(2048)\n        if not data:\n            break\n        os.write(1, data)\n\n\nif words[0] == "-l":\n    threading.Thread(target=next_one, daemon=True).start()\nthreading.Thread(target/' "$right")" "$@"
