// right: printf without fflush, which shows each line at once in a terminal and through a pipe only at the end
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void stop(int signal_number) {
    (void)signal_number;
}

int main(int argc, char *argv[]) {
    const char *ip = argc > 1 ? argv[1] : "127.0.0.1";
    int port = argc > 2 ? atoi(argv[2]) : 8080;
    int number_con = 0;

    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGINT, &action, NULL);

    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, ip, &address.sin_addr);
    int serversocket = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(serversocket, (struct sockaddr *)&address, sizeof address) < 0 || listen(serversocket, 5) < 0) {
        printf("Problems using port %d. Do you have permission?\n", port);
        return 1;
    }
    for (;;) {
        printf("Waiting for connections at %s, %d\n", ip, port);
        struct sockaddr_in client;
        socklen_t length = sizeof client;
        int clientsocket = accept(serversocket, (struct sockaddr *)&client, &length);
        if (clientsocket < 0 && errno == EINTR) {
            break;
        }
        printf("CONNECTION: %d. From the IP: %s\n", ++number_con, inet_ntoa(client.sin_addr));
        char message[2048];
        ssize_t received = recv(clientsocket, message, sizeof message, 0);
        printf("Message from client: %.*s\n", received > 0 ? (int)received : 0, message);
        send(clientsocket, "Hello from the teacher's server", 31, 0);
        close(clientsocket);
    }
    printf("Server stopped by the user\n");
    return 0;
}
