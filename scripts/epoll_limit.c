/* The limit of `scripts/bench server`: the least that a server with a lingering close can do. One epoll loop, which accepts, receives,
   sends, shuts down writing, reads to the end, closes; no limits, no patience, no screen.

       epoll_limit PORT    */

#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static const char greeting[] = "Hello from the teacher's server";

/* What epoll gives back: the descriptor, and whether its client has been answered. */
static unsigned long long mark(int fd, int answered) { return (unsigned long long)fd << 1 | answered; }

static void fail(const char *what) {
    perror(what);
    exit(1);
}

int main(int argc, char **argv) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);

    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 0)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    int on = 1, listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 1024)) fail("listen");
    getsockname(listener, (struct sockaddr *)&address, &length);
    printf("Waiting for connections at 127.0.0.1, %d\n", ntohs(address.sin_port));
    fflush(stdout);

    int loop = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event events[256], event = {.events = EPOLLIN, .data.u64 = mark(listener, 0)};
    epoll_ctl(loop, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int count = epoll_wait(loop, events, 256, -1);
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.u64 >> 1, answered = events[i].data.u64 & 1;
            if (fd == listener) {
                int client;
                while ((client = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
                    event = (struct epoll_event){.events = EPOLLIN, .data.u64 = mark(client, 0)};
                    epoll_ctl(loop, EPOLL_CTL_ADD, client, &event);
                }
                continue;
            }
            char buffer[16384];
            ssize_t received = recv(fd, buffer, sizeof buffer, 0);
            if (received < 0 && errno == EAGAIN) continue;
            if (received >= 0 && !answered) {
                send(fd, greeting, sizeof greeting - 1, MSG_NOSIGNAL);
                shutdown(fd, SHUT_WR);
                event = (struct epoll_event){.events = EPOLLIN, .data.u64 = mark(fd, 1)};
                epoll_ctl(loop, EPOLL_CTL_MOD, fd, &event);
            }
            if (received <= 0) close(fd);
        }
    }
}
