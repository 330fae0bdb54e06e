# wrong: it sends the first message again and again
# fails: the_message::an_empty_line_is_a_connection_without_bytes, the_socket::it_goes_on_until_the_input_ends
# not judged: the_socket::each_message_has_a_connection_of_its_own
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080

first = None

while True:
    # -- Ask the user for the message
    message = input("Message: ")

    # -- Create the socket
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

    # -- Establish the connection to the server
    s.connect((IP, PORT))

    # -- Send the user message
    first = first or message
    s.send(str.encode(first))

    # -- Close the socket
    s.close()
