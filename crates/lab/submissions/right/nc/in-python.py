# right: two threads, one for each direction
import os
import socket
import sys
import threading

words = sys.argv[1:]
half_close = "-N" in words
words = [word for word in words if word != "-N"]

if words[0] == "-l":
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("0.0.0.0", int(words[-1])))
    listener.listen()
    (s, address) = listener.accept()
else:
    s = socket.create_connection((words[0], int(words[1])))


def to_the_other_side():
    while True:
        data = os.read(0, 2048)
        if not data:
            break
        s.sendall(data)
    if half_close:
        s.shutdown(socket.SHUT_WR)


threading.Thread(target=to_the_other_side, daemon=True).start()
while True:
    data = s.recv(2048)
    if not data:
        break
    os.write(1, data)
# A person at the keyboard is not waited for.
os._exit(0)
