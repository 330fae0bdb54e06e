# wrong: a mistake in writing: it does not even start
# not judged: it_answers, the_answer_is_the_greeting, it_closes_after_the_answer, it_answers_a_client_that_keeps_its_side_open, it_serves_one_client_after_another, it_shows_the_message, it_shows_a_message_in_utf_8, it_shows_no_more_than_has_come, it_shows_who_has_come, it_counts_the_connections_from_1, it_says_where_it_waits, it_says_again_that_it_waits, ctrl_c_stops_it, a_port_in_use_is_told, it_listens_at_the_ip_it_is_given
import socket
import sys
print("hello"

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
        message = "Hello from the teacher's server"
        clientsocket.send(str.encode(message))
        clientsocket.close()

except socket.error:
    print("Problems using port {}. Do you have permission?".format(PORT))

except KeyboardInterrupt:
    print("Server stopped by the user")
    serversocket.close()
