# wrong: it ignores IP and PORT, and connects to constants
# fails: it_sends_what_is_typed
# not judged: the rest
# says: it connected to no one at 127.0.0.1:
# says: IP and PORT come from the command line, yours may be constants
import socket
import sys

IP = "127.0.0.1"
PORT = 1

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
