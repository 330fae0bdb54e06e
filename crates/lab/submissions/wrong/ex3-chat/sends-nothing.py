# wrong: it connects and sends nothing
# fails: it_sends_what_is_typed
# not judged: the_socket::it_goes_on_until_the_input_ends, the_socket::it_closes_after_each_message, the_socket::it_connects_after_the_line_is_typed, the_message::an_empty_line_is_a_connection_without_bytes, the_socket::each_message_has_a_connection_of_its_own, the_message::it_keeps_the_spaces, the_message::it_sends_every_character_as_it_is, the_message::it_sends_a_long_message_whole, the_message::it_sends_utf_8, the_message::it_adds_no_newline
import socket
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
    pass

    # -- Close the socket
    s.close()
