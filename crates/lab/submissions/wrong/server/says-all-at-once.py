# wrong: it prints all words of the contract at its start
# fails: the_answer::it_answers_a_client_that_keeps_its_side_open, the_screen::it_shows_the_message, the_screen::it_shows_who_has_come, the_screen::it_says_again_that_it_waits, the_screen::it_counts_the_connections_from_1, the_end::ctrl_c_stops_it
# not judged: the_screen::it_shows_a_message_in_utf_8, the_screen::it_shows_no_more_than_has_come
import socket
import sys

IP, PORT = sys.argv[1], int(sys.argv[2])
s = socket.socket()
try:
    s.bind((IP, PORT))
except OSError:
    sys.exit("Problems using port {}. Do you have permission?".format(PORT))
s.listen(5)
print("Waiting for connections at {}, {}".format(IP, PORT))
print("CONNECTION: 1. From the IP: 127.0.0.1")
print("Message from client: HELLO")
print("Waiting for connections at {}, {}".format(IP, PORT))
print("CONNECTION: 2. From the IP: 127.0.0.1")
print("Server stopped by the user")
while True:
    client, _ = s.accept()
    client.send(b"Hello from the teacher's server")
    client.recv(99)
    client.close()
