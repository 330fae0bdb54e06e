# wrong: it sends its whole buffer, however short the message is
# fails: it_sends_what_is_typed, the_message::an_empty_line_is_a_connection_without_bytes
# not judged: the_message::it_keeps_the_spaces, the_message::it_sends_every_character_as_it_is, the_message::it_sends_utf_8
# says: times)": 1024 bytes
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
    s.send(str.encode(message).ljust(1024, b"\0"))

    # -- Close the socket
    s.close()
