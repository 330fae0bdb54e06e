# wrong: it ends after the first message
# fails: the_socket::it_goes_on_until_the_input_ends
# not judged: the_socket::each_message_has_a_connection_of_its_own
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080

for _ in range(1):
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
