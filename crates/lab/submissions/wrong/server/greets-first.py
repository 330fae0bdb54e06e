# wrong: it answers before anything has been sent
# fails: the_answer::it_answers_a_client_that_keeps_its_side_open
# says: receive first, from the socket that accept gave
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

        # Send the message
        message = "Hello from the teacher's server"
        clientsocket.send(str.encode(message))

        # Read the message from the client, if any
        msg = clientsocket.recv(2048).decode("utf-8")
        print("Message from client: {}".format(msg))

        clientsocket.close()

except socket.error:
    print("Problems using port {}. Do you have permission?".format(PORT))

except KeyboardInterrupt:
    print("Server stopped by the user")
    serversocket.close()
