# wrong: it sends each message twice
# fails: it_sends_what_is_typed, the_message::it_sends_a_long_message_whole
# not judged: the_message::it_keeps_the_spaces, the_message::it_sends_utf_8, the_message::it_sends_every_character_as_it_is
# says: send each message once
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
    s.send(str.encode(message))
    s.send(str.encode(message))

    # -- Close the socket
    s.close()
