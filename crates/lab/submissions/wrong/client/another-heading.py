# wrong: a heading that names neither the message nor the server
# fails: then_it_receives::under_the_heading
import socket
import sys

IP = sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1"
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 8080
message = "HELLO FROM THE CLIENT!!!"

# First, create the socket
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

# Establish the connection to the server (IP, PORT)
s.connect((IP, PORT))

# Send data
s.sendall(message.encode("utf-8"))

# Receive data from the server
msg = s.recv(2048)
print("THE ANSWER:\n")
print(msg.decode("utf-8"))

# Closing the socket
s.close()
