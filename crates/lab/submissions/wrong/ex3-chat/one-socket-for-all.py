# wrong: one connection for all messages
# fails: each_message_has_a_connection_of_its_own
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
while True:
    s.send(str.encode(input("Message: ")))
