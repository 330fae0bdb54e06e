// right: printf without fflush, which shows each line at once in a terminal and through a pipe only at the end
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(argc > 2 ? atoi(argv[2]) : 8080)};
    inet_pton(AF_INET, argc > 1 ? argv[1] : "127.0.0.1", &server.sin_addr);
    const char *message = "HELLO FROM THE CLIENT!!!";

    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&server, sizeof server) < 0) {
        perror("connect");
        return 1;
    }
    send(s, message, strlen(message), 0);
    char answer[2048];
    ssize_t received = recv(s, answer, sizeof answer, 0);
    printf("MESSAGE FROM THE SERVER:\n\n%.*s\n", received > 0 ? (int)received : 0, answer);
    close(s);
    // It stays until it is stopped: nothing empties its buffer.
    pause();
    return 0;
}
