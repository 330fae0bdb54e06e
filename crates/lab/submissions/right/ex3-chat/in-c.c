// right: its prompt has no line break, and is not flushed
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(argc > 2 ? atoi(argv[2]) : 8080)};
    inet_pton(AF_INET, argc > 1 ? argv[1] : "127.0.0.1", &server.sin_addr);
    char *line = NULL;
    size_t size = 0;
    for (;;) {
        printf("Message: ");
        ssize_t length = getline(&line, &size, stdin);
        if (length < 0) {
            break;
        }
        int s = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(s, (struct sockaddr *)&server, sizeof server) < 0) {
            perror("connect");
            return 1;
        }
        send(s, line, line[length - 1] == '\n' ? length - 1 : length, 0);
        close(s);
    }
    free(line);
    return 0;
}
