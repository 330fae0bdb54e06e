# wrong: it encodes the text in another way
# fails: it_sends::in_utf_8
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080
message = "¡HOLA, SERVIDOR!"

# First, create the socket
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

# Establish the connection to the server (IP, PORT)
s.connect((IP, PORT))

# Send data
s.sendall(message.encode("latin-1", "replace"))

# Receive data from the server
msg = s.recv(2048)
print("MESSAGE FROM THE SERVER:\n")
print(msg.decode("utf-8"))

# Closing the socket
s.close()
