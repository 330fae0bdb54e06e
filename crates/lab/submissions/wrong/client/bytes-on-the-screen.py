# wrong: it prints the bytes as they are
# fails: then_it_receives::and_prints_the_answer
# not judged: then_it_receives::and_prints_it_in_utf_8
# says: decode the bytes, and print the text that they are
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
print("MESSAGE FROM THE SERVER:\n")
print(msg)

# Closing the socket
s.close()
