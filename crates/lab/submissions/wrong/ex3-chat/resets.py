# wrong: it breaks the connection off instead of closing it
# fails: the_socket::it_closes_after_each_message
# says: broken off (a reset, RST)
import socket
import struct
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080

while True:
    # -- Ask the user for the message
    message = input("Message: ")

    # -- Create the socket
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

    # -- Establish the connection to the server
    s.connect((IP, PORT))

    # -- Send the user message
    s.send(str.encode(message))

    # -- Close the socket
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()
