# wrong: it takes its greeting from the keyboard
# fails: it_answers, the_screen::it_says_again_that_it_waits
# not judged: the_answer::it_answers_a_client_that_keeps_its_side_open, the_answer::it_closes_after_the_answer, the_answer::it_serves_one_client_after_another, the_answer::the_answer_is_the_greeting, the_screen::it_counts_the_connections_from_1
# says: it waits for the keyboard
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080
MAX_OPEN_REQUESTS = 5

# Counting the number of connections
number_con = 0

serversocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    serversocket.bind((IP, PORT))
    serversocket.listen(MAX_OPEN_REQUESTS)

    while True:
        # accept connections from outside
        print("Waiting for connections at {}, {}".format(IP, PORT))
        (clientsocket, address) = serversocket.accept()

        # Another connection
        number_con += 1
        print("CONNECTION: {}. From the IP: {}".format(number_con, address))

        # Read the message from the client, if any
        msg = clientsocket.recv(2048).decode("utf-8")
        print("Message from client: {}".format(msg))

        # Send the message
        message = input("Your answer: ")
        clientsocket.send(str.encode(message))
        clientsocket.close()

except socket.error:
    print("Problems using port {}. Do you have permission?".format(PORT))

except KeyboardInterrupt:
    print("Server stopped by the user")
    serversocket.close()
