# wrong: it connects before its first question, but not at once
# fails: the_socket::it_connects_after_the_line_is_typed
import socket
import sys
import time

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080

print("Welcome")
time.sleep(0.3)
s = socket.socket()
s.connect((IP, PORT))

while True:
    # -- Ask the user for the message
    message = input("Message: ")

    # -- Create the socket, and establish the connection to the server
    if s is None:
        s = socket.socket()
        s.connect((IP, PORT))

    # -- Send the user message
    s.send(str.encode(message))

    # -- Close the socket
    s.close()
    s = None
