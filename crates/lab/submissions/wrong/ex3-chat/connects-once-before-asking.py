# wrong: it connects before its first question, and does everything right afterwards
# fails: the_socket::it_connects_after_the_line_is_typed
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((IP, PORT))
message = input("Message: ")
s.send(str.encode(message))
s.close()

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
    s.close()
