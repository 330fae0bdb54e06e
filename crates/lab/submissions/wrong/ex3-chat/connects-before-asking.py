# wrong: it connects before it asks
# fails: the_socket::it_connects_after_the_line_is_typed
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080

while True:
    # -- Create the socket
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

    # -- Establish the connection to the server
    s.connect((IP, PORT))

    # -- Ask the user for the message
    message = input("Message: ")

    # -- Send the user message
    s.send(str.encode(message))

    # -- Close the socket
    s.close()
