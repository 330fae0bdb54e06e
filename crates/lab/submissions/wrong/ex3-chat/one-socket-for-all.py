# wrong: one connection for all messages
# fails: the_socket::each_message_has_a_connection_of_its_own
# not judged: the_socket::it_closes_after_each_message
import socket
import sys

s = None
while True:
    message = input("Message: ")
    if s is None:
        s = socket.socket()
        s.connect((sys.argv[1], int(sys.argv[2])))
    s.send(message.encode())
