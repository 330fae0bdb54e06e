"""A netcat in a few lines of Python: pipe.py IP PORT [--half-close]

Sends what standard input has first (a pipe's text, or the line that a person types), and shows the answer to its end.
"""

import socket
import sys

ip, port = sys.argv[1], int(sys.argv[2])
with socket.create_connection((ip, port)) as client:
    client.sendall(sys.stdin.buffer.read1(65536))
    if "--half-close" in sys.argv:
        client.shutdown(socket.SHUT_WR)
    while piece := client.recv(2048):
        sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
