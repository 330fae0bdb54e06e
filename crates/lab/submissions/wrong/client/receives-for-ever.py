# wrong: its loop receives on when nothing comes any more
# fails: then_it_receives::and_prints_the_answer, it_sends::over_one_connection_that_it_closes
# not judged: then_it_receives::under_the_heading, then_it_receives::and_prints_no_more_than_has_come, then_it_receives::and_prints_it_in_utf_8
# says: a loop that receives ends when 0 bytes come
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
msg = b""
while True:
    msg += s.recv(2048)

print("MESSAGE FROM THE SERVER:\n")
print(msg.decode("utf-8"))

# Closing the socket
s.close()
