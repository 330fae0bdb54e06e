# right: a thread for each client
import socket
import sys
import threading

IP, PORT = sys.argv[1], int(sys.argv[2])
number_con = 0
printing = threading.Lock()


def serve(clientsocket, number, address):
    message = clientsocket.recv(2048).decode("utf-8", "replace")
    with printing:
        print("CONNECTION: {}. From the IP: {}".format(number, address[0]))
        print("Message from client: {}".format(message))
        print("Waiting for connections at {}, {}".format(IP, PORT))
    clientsocket.sendall(b"Hello from the teacher's server")
    clientsocket.close()


try:
    serversocket = socket.socket()
    serversocket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serversocket.bind((IP, PORT))
    serversocket.listen(1024)
    print("Waiting for connections at {}, {}".format(IP, PORT))
    while True:
        clientsocket, address = serversocket.accept()
        number_con += 1
        threading.Thread(target=serve, args=(clientsocket, number_con, address), daemon=True).start()
except OSError:
    print("Problems using port {}. Do you have permission?".format(PORT))
except KeyboardInterrupt:
    print("Server stopped by the user")
