#!/usr/bin/env bash
# HAProxy 2.6: a server's line says `send-proxy-v2`, and its health checks send the header too, also those that `option tcp-check` makes
# of a line to send and a line to expect. One expects that to stay so when the first step of the check, which was silent, is written down:
# `tcp-check connect`. But then the check, and it alone, comes without the header, is refused by a server that wants one, and all servers
# are down. `tcp-check connect default` keeps the header. The port of the check, written down (`check port N`, the same N), drops it too.
#
# Needs haproxy (Debian 12 has 2.6.12) and python3. Works in a folder of its own, on loopback. Fails if what happens is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'kill "$balancer" "$COPROC_PID" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
PATH=$PATH:/usr/sbin

cat >"$folder/listen.py" <<'END'
import socket

# A server for each check: the first bytes that come, in hexadecimal.
servers = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
print(*(server.getsockname()[1] for server in servers), flush=True)
for server in servers:
    server.settimeout(30)
    connection, _ = server.accept()
    connection.settimeout(30)
    print(connection.recv(12).hex(), flush=True)
END
coproc python3 "$folder/listen.py"
read -ra ports <&"${COPROC[0]}"

steps='tcp-check send ping
    tcp-check expect string pong'
cat >"$folder/haproxy.cfg" <<END
defaults
    mode tcp
    timeout connect 5s
    timeout client 5s
    timeout server 5s
    timeout check 30s
    option tcp-check
listen nobody
    bind $folder/socket
backend silent
    $steps
    server s 127.0.0.1:${ports[0]} send-proxy-v2 check
backend connect
    tcp-check connect
    $steps
    server s 127.0.0.1:${ports[1]} send-proxy-v2 check
backend default
    tcp-check connect default
    $steps
    server s 127.0.0.1:${ports[2]} send-proxy-v2 check
END
haproxy -db -f "$folder/haproxy.cfg" 2>/dev/null &
balancer=$!
seen=()
for _ in 1 2 3; do
  read -r bytes <&"${COPROC[0]}"
  seen+=("$bytes")
done

header=0d0a0d0a000d0a515549540a
haproxy -v | head -1
echo "expected: all three begin with the header, $header"
echo "seen:     without a connect step        ${seen[0]}"
echo "          tcp-check connect             ${seen[1]}   (that is: ping)"
echo "          tcp-check connect default     ${seen[2]}"
[ "${seen[*]}" = "$header 70696e67 $header" ]
