# right: it logs all of its lines, and so they stand on standard error
import logging
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080
MAX_OPEN_REQUESTS = 5

logging.basicConfig(level=logging.INFO)
number_con = 0

serversocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    serversocket.bind((IP, PORT))
    serversocket.listen(MAX_OPEN_REQUESTS)

    while True:
        logging.info("Waiting for connections at {}, {}".format(IP, PORT))
        (clientsocket, address) = serversocket.accept()
        number_con += 1
        logging.info("CONNECTION: {}. From the IP: {}".format(number_con, address))
        msg = clientsocket.recv(2048).decode("utf-8")
        logging.info("Message from client: {}".format(msg))
        clientsocket.send(str.encode("Hello from the teacher's server"))
        clientsocket.close()
except socket.error:
    logging.error("Problems using port {}. Do you have permission?".format(PORT))
except KeyboardInterrupt:
    logging.info("Server stopped by the user")
    serversocket.close()
