# wrong: it sends nothing, waits for the answer, and prints it
# fails: it_sends::a_message
# not judged: it_sends::in_utf_8, it_sends::without_a_line_break, then_it_receives::under_the_heading, then_it_receives::and_prints_no_more_than_has_come, then_it_receives::and_prints_the_answer, then_it_receives::and_prints_it_in_utf_8
import socket
import sys

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((sys.argv[1], int(sys.argv[2])))
s.sendall(b"")
s.shutdown(socket.SHUT_WR)
s.settimeout(1)
msg = s.recv(2048)
print("MESSAGE FROM THE SERVER:\n")
print(msg.decode("utf-8"))
s.close()
