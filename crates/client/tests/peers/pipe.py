"""A listening netcat in a few lines of Python: pipe.py IP PORT [--half-close]

Shows one client's message, answers with what standard input has first (a pipe's text, or the line that a person types).
With --half-close it says at once that no more will come; without, it waits until the client has closed.
"""

import socket
import sys

ip, port = sys.argv[1], int(sys.argv[2])
with socket.create_server((ip, port)) as server:
    client, _ = server.accept()
with client:
    # The first bytes are enough to be answered: the client does not half-close.
    sys.stdout.buffer.write(client.recv(2048))
    sys.stdout.buffer.flush()
    client.sendall(sys.stdin.buffer.read1(65536))
    if "--half-close" in sys.argv:
        client.shutdown(socket.SHUT_WR)
    while piece := client.recv(2048):
        sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
