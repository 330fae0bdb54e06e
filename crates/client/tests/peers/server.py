"""The teacher's server of the lesson, in Python: server.py IP PORT

One client after the other. It asks for the message once, and closes whatever of it has not been read.
"""

import socket
import sys

ip, port = sys.argv[1], int(sys.argv[2])
connections = 0
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

try:
    server.bind((ip, port))
    server.listen(5)
    while True:
        print(f"Waiting for connections at {ip}, {port}")
        client, address = server.accept()
        connections += 1
        print(f"CONNECTION: {connections}. From the IP: {address}")
        message = client.recv(2048).decode("utf-8")
        print(f"Message from client: {message}")
        client.send("Hello from the teacher's server".encode())
        client.close()
except socket.error:
    print(f"Problems using port {port}. Do you have permission?")
except KeyboardInterrupt:
    print("Server stopped by the user")
    server.close()
