/*
 * Sends prepared HTTP requests over a few keep-alive connections as fast as they are answered.
 *
 *   load PORT CLIENTS SECONDS REQUESTS
 *
 * REQUESTS is a file of whole requests, each behind its length (four bytes, in the machine's own order). They are
 * sent once each, in their order, to 127.0.0.1. When the seconds are over or no request is left, it waits for the
 * answers that are still due and prints one line of JSON. A server that closes a connection after its answer gets
 * a new one; a connection that ends without the whole answer is counted as broken.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS_MAX = 256, ANSWER_BYTES_MAX = 65536, STILL_DUE_S = 10 };

struct client {
    int socket;
    int is_waiting;          /* a request is sent and its answer is not whole yet */
    double sent_at_s;
    size_t bytes;            /* of the answer, so far */
    size_t bytes_wanted;     /* of the whole answer; 0 until its header has been read */
    int status;
    int closes;              /* the server said that this answer is the last on its connection */
    char answer[ANSWER_BYTES_MAX + 1];
};

static struct client clients[CLIENTS_MAX];
static struct sockaddr_in server;
static int events;

static const char *next_request, *requests_end;
static double *taken_s;                   /* how long each answer took */
static size_t answered, ok, broken, reconnected, waiting;

static void fail(const char *what)
{
    fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
    exit(1);
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

static void connect_to_server(struct client *client)
{
    int one = 1;
    client->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->socket < 0)
        fail("socket");
    if (connect(client->socket, (struct sockaddr *)&server, sizeof server) < 0)
        fail("connect");
    setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event readable = {.events = EPOLLIN, .data.ptr = client};
    if (epoll_ctl(events, EPOLL_CTL_ADD, client->socket, &readable) < 0)
        fail("epoll_ctl");
}

static void reconnect(struct client *client)
{
    close(client->socket);  /* epoll forgets a closed socket by itself */
    reconnected++;
    connect_to_server(client);
}

/* Send the next request on this connection; nothing when none is left. */
static void send_next(struct client *client)
{
    uint32_t length;
    if (next_request == requests_end)
        return;
    memcpy(&length, next_request, sizeof length);
    const char *request = next_request + sizeof length;
    next_request = request + length;
    client->bytes = client->bytes_wanted = 0;
    client->is_waiting = 1;
    waiting++;
    client->sent_at_s = now_s();
    /* The socket's buffer is empty and far larger than a request, so one call takes all of it. */
    if (send(client->socket, request, length, MSG_NOSIGNAL) != (ssize_t)length)
        fail("send");
}

/* Read status, length and connection of an answer whose header has come. */
static void read_header(struct client *client, char *body)
{
    body[-1] = '\0';  /* the header as a text */
    client->status = atoi(client->answer + sizeof "HTTP/1.1");
    const char *length = strcasestr(client->answer, "\r\ncontent-length:");
    if (length == NULL) {
        fprintf(stderr, "load: an answer without Content-Length\n");
        exit(1);
    }
    client->bytes_wanted = (body - client->answer) + strtoul(length + sizeof "\r\ncontent-length:" - 1, NULL, 10);
    client->closes = strcasestr(client->answer, "\r\nconnection: close") != NULL;
    if (client->bytes_wanted > ANSWER_BYTES_MAX) {
        fprintf(stderr, "load: an answer of %zu bytes\n", client->bytes_wanted);
        exit(1);
    }
}

static void finish(struct client *client)
{
    taken_s[answered++] = now_s() - client->sent_at_s;
    ok += client->status / 100 == 2;
    client->is_waiting = 0;
    waiting--;
    if (client->closes)
        reconnect(client);
}

static void give_up(struct client *client)
{
    broken += client->is_waiting;
    waiting -= client->is_waiting;
    client->is_waiting = 0;
    reconnect(client);
}

/* Take what has come. Return whether the connection is free for a new request. */
static int receive(struct client *client)
{
    ssize_t got = recv(client->socket, client->answer + client->bytes, ANSWER_BYTES_MAX - client->bytes, 0);
    if (got <= 0 || !client->is_waiting) {
        give_up(client);
        return 1;
    }
    client->bytes += got;
    client->answer[client->bytes] = '\0';
    if (client->bytes_wanted == 0) {
        char *header_end = strstr(client->answer, "\r\n\r\n");
        if (header_end != NULL)
            read_header(client, header_end + 4);
    }
    if (client->bytes_wanted == 0 || client->bytes < client->bytes_wanted)
        return 0;
    finish(client);
    return 1;
}

static void map_requests(const char *path)
{
    struct stat file;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 || fstat(descriptor, &file) < 0)
        fail(path);
    next_request = mmap(NULL, file.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
    if (next_request == MAP_FAILED)
        fail("mmap");
    requests_end = next_request + file.st_size;
    size_t count = 0;
    for (const char *at = next_request; at < requests_end; count++) {
        uint32_t length;
        memcpy(&length, at, sizeof length);
        at += sizeof length + length;
    }
    taken_s = calloc(count + 1, sizeof *taken_s);
}

static int by_size(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double percentile_ms(double part)
{
    return answered == 0 ? 0 : taken_s[(size_t)(part * (answered - 1))] * 1e3;
}

int main(int count, char **words)
{
    if (count != 5) {
        fprintf(stderr, "usage: load PORT CLIENTS SECONDS REQUESTS\n");
        return 2;
    }
    int clients_count = atoi(words[2]);
    if (clients_count < 1 || clients_count > CLIENTS_MAX) {
        fprintf(stderr, "load: 1 to %d clients\n", CLIENTS_MAX);
        return 2;
    }
    server.sin_family = AF_INET;
    server.sin_port = htons(atoi(words[1]));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    map_requests(words[4]);
    events = epoll_create1(EPOLL_CLOEXEC);

    double began_s = now_s(), ends_s = began_s + atof(words[3]), last_answer_s = began_s;
    for (int n = 0; n < clients_count; n++) {
        connect_to_server(&clients[n]);
        send_next(&clients[n]);
    }
    while (waiting > 0 && now_s() < ends_s + STILL_DUE_S) {
        struct epoll_event ready[CLIENTS_MAX];
        int ready_count = epoll_wait(events, ready, CLIENTS_MAX, 100);
        for (int n = 0; n < ready_count; n++) {
            struct client *client = ready[n].data.ptr;
            int is_free = receive(client);
            last_answer_s = now_s();
            if (is_free && last_answer_s < ends_s)
                send_next(client);
        }
    }

    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    double cpu_s = used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    qsort(taken_s, answered, sizeof *taken_s, by_size);
    printf("{\"answered\": %zu, \"ok\": %zu, \"broken\": %zu, \"reconnected\": %zu, \"ran_out\": %s, "
           "\"seconds\": %.6f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"cpu_s\": %.6f}\n",
           answered, ok, broken + waiting, reconnected, next_request == requests_end ? "true" : "false",
           last_answer_s - began_s, percentile_ms(0.50), percentile_ms(0.99), cpu_s);
    return 0;
}
