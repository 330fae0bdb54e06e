"""The peers of `scripts/bench server` that are Python: what the lesson and a Python programmer would write.

    bench_peers.py sequential|threads|asyncio PORT
"""

import asyncio
import socket
import socketserver
import sys

GREETING = b"Hello from the teacher's server"


def sequential(port):
    """The lesson's own server."""
    serversocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serversocket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serversocket.bind(("127.0.0.1", port))
    serversocket.listen(5)
    number = 0
    while True:
        print("Waiting for connections at 127.0.0.1,", port)
        clientsocket, address = serversocket.accept()
        number += 1
        print(f"CONNECTION: {number}. From the IP: {address}")
        print("Message from client:", clientsocket.recv(2048).decode("utf-8"))
        clientsocket.send(GREETING)
        clientsocket.close()


class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        print("Message from client:", self.request.recv(2048).decode())
        self.request.sendall(GREETING)


class Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 1024


def threads(port):
    with Threads(("127.0.0.1", port), Handler) as server:
        server.serve_forever()


async def talk(reader, writer):
    print("Message from client:", (await reader.read(2048)).decode())
    writer.write(GREETING)
    await writer.drain()
    writer.close()


async def serve(port):
    server = await asyncio.start_server(talk, "127.0.0.1", port, backlog=1024)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["sequential", port]:
            sequential(int(port))
        case ["threads", port]:
            threads(int(port))
        case ["asyncio", port]:
            asyncio.run(serve(int(port)))
        case _:
            sys.exit(__doc__)
