# wrong: its variable has the name of the module
# fails: the_socket::it_goes_on_until_the_input_ends
# not judged: the_socket::each_message_has_a_connection_of_its_own
# says: your variable socket has the name of the module socket
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080

while True:
    # -- Ask the user for the message
    message = input("Message: ")

    # -- Create the socket
    socket = socket.socket()

    # -- Establish the connection to the server
    socket.connect((IP, PORT))

    # -- Send the user message
    socket.send(str.encode(message))

    # -- Close the socket
    socket.close()
