"""The lesson's first client, in Python: client.py IP PORT [MESSAGE] [--send-only]"""

import socket
import sys

arguments = [argument for argument in sys.argv[1:] if argument != "--send-only"]
ip, port = arguments[0], int(arguments[1])
message = arguments[2] if len(arguments) > 2 else "HELLO FROM THE CLIENT!!!"

# 1. Create the socket
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

# 2. Connect it to the server
client.connect((ip, port))

# 3. Send the message
client.send(message.encode())

# 4. Receive the answer. The lesson's first version did not; the second one asks for it once
if "--send-only" not in sys.argv:
    answer = client.recv(2048).decode("utf-8")
    print("MESSAGE FROM THE SERVER:\n")
    print(answer)

# 5. Close the socket
client.close()
