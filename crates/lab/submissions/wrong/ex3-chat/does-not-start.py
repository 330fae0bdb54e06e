# wrong: a mistake in writing: it does not even start
# not judged: it_sends_what_is_typed, it_adds_no_newline, it_keeps_the_spaces, it_sends_utf_8, it_sends_a_long_message_whole, it_closes_after_each_message, each_message_has_a_connection_of_its_own, it_goes_on_until_the_input_ends, an_empty_line_is_a_connection_without_bytes, it_connects_after_the_line_is_typed, it_connects_to_the_ip_of_the_command_line
import socket
import sys
print("hello"

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

    # -- Close the socket
    s.close()
