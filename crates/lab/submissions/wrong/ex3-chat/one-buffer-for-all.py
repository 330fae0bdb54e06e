# wrong: its buffer still holds the end of the longest message
# fails: the_socket::it_goes_on_until_the_input_ends
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080

buffer = bytearray()

while True:
    # -- Ask the user for the message
    message = input("Message: ")

    # -- Create the socket
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

    # -- Establish the connection to the server
    s.connect((IP, PORT))

    # -- Send the user message
    line = str.encode(message)
    buffer[: len(line)] = line
    s.send(buffer if message else b"")

    # -- Close the socket
    s.close()
