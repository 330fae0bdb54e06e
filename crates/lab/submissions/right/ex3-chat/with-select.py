# right: it waits for the keyboard with select, and takes one line each time
import select
import socket
import sys

IP, PORT = sys.argv[1], int(sys.argv[2])

while True:
    ready, _, _ = select.select([sys.stdin], [], [])
    line = sys.stdin.readline()
    if line == "":
        break
    s = socket.socket()
    s.connect((IP, PORT))
    s.send(line[:-1].encode())
    s.close()
