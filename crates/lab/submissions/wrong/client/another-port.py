# wrong: it ignores IP and PORT, and connects to constants
# fails: without_a_message_it_sends_the_lessons, it_sends_the_third_argument, it_adds_nothing_to_the_message, it_keeps_the_spaces_of_the_message, it_sends_utf_8, for_a_dash_it_sends_standard_input_to_its_end, it_connects_once_and_closes, it_shows_the_answer, it_shows_the_heading_and_an_empty_line_before_the_answer, with_send_only_it_closes_without_waiting, it_connects_to_the_ip_of_the_command_line
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = 9
arguments = [argument for argument in sys.argv[3:] if argument != "--send-only"]
message = arguments[0] if arguments else "HELLO FROM THE CLIENT!!!"
if message == "-":
    message = sys.stdin.read()

# First, create the socket
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

# Establish the connection to the server (IP, PORT)
s.connect((IP, PORT))

# Send data
s.sendall(message.encode("utf-8"))

if "--send-only" not in sys.argv:
    # Receive data from the server
    msg = s.recv(2048)
    print("MESSAGE FROM THE SERVER:\n")
    print(msg.decode("utf-8"))

# Closing the socket
s.close()
