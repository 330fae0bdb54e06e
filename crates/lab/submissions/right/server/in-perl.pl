# right: print without $| = 1, which shows each line at once in a terminal and through a pipe only at the end
use strict;
use warnings;
use IO::Socket::INET;

my ($ip, $port) = @ARGV;
my $number_con = 0;

my $serversocket = IO::Socket::INET->new(LocalAddr => $ip, LocalPort => $port, Listen => 5);
if (!$serversocket) {
    print "Problems using port $port. Do you have permission?\n";
    exit 1;
}
$SIG{INT} = sub {
    print "Server stopped by the user\n";
    exit 0;
};

while (1) {
    print "Waiting for connections at $ip, $port\n";
    my $clientsocket = $serversocket->accept() or next;
    $number_con++;
    print "CONNECTION: $number_con. From the IP: ", $clientsocket->peerhost(), "\n";
    $clientsocket->recv(my $message, 2048);
    print "Message from client: $message\n";
    $clientsocket->send("Hello from the teacher's server");
    $clientsocket->close();
}
