# wrong: it accepts, and neither reads nor writes
# fails: it_answers, the_screen::it_shows_the_message, the_screen::it_shows_who_has_come
# not judged: the_answer::it_answers_a_client_that_keeps_its_side_open, the_answer::it_closes_after_the_answer, the_answer::it_serves_one_client_after_another, the_answer::the_answer_is_the_greeting, the_screen::it_counts_the_connections_from_1, the_screen::it_shows_a_message_in_utf_8, the_screen::it_shows_no_more_than_has_come
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080
MAX_OPEN_REQUESTS = 5

# Counting the number of connections
number_con = 0
kept = []

serversocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    serversocket.bind((IP, PORT))
    serversocket.listen(MAX_OPEN_REQUESTS)

    while True:
        # accept connections from outside
        print("Waiting for connections at {}, {}".format(IP, PORT))
        (clientsocket, address) = serversocket.accept()
        kept.append(clientsocket)

except socket.error:
    print("Problems using port {}. Do you have permission?".format(PORT))

except KeyboardInterrupt:
    print("Server stopped by the user")
    serversocket.close()
