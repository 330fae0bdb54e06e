# wrong: it closes the first connection, and keeps all others open
# fails: the_socket::it_closes_after_each_message
# says: the first one is closed, and the second one is not
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080

kept = []
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
    if not kept:
        s.close()
    kept.append(s)
