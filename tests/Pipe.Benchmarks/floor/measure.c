/*
 * Starts a command again and again, as a mail system does, and prints for each run, tab-separated:
 * wall clock and processor time in microseconds, peak memory in KiB, exit status.
 *
 *   measure RUNS PARALLEL TEMPLATE COMMAND [ARGUMENT...]
 *
 * Standard input is TEMPLATE with each "@@@@@@@@@@@@" replaced by twelve digits that differ from run to run: no message comes
 * twice. A line "total<TAB>microseconds" follows. The program is small, so that forking it costs little and its memory is
 * not taken for the command's.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MARK "@@@@@@@@@@@@"
#define MAX_PARALLEL 64
#define MAX_MARKS 64

static const char *text;
static size_t length;
static size_t marks[MAX_MARKS];
static int mark_count;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void read_template(const char *path)
{
    int file = open(path, O_RDONLY);
    off_t size;
    if (file < 0 || (size = lseek(file, 0, SEEK_END)) < 0)
        die(path);
    length = size;
    text = mmap(NULL, length ? length : 1, PROT_READ, MAP_PRIVATE, file, 0);
    if (text == MAP_FAILED)
        die("mmap");
    close(file);
    for (const char *at = text; (at = memmem(at, text + length - at, MARK, strlen(MARK))) && mark_count < MAX_MARKS; at += strlen(MARK))
        marks[mark_count++] = at - text;
}

/* A file in memory that holds one message, open for reading from its beginning. */
static int message(long long number)
{
    char digits[32];
    int file = memfd_create("message", 0);
    if (file < 0)
        die("memfd_create");
    for (size_t done = 0; done < length;) {
        ssize_t written = write(file, text + done, length - done);
        if (written < 0)
            die("write");
        done += written;
    }
    snprintf(digits, sizeof digits, "%012lld", number % 1000000000000LL);
    for (int i = 0; i < mark_count; i++)
        if (pwrite(file, digits, strlen(MARK), marks[i]) < 0)
            die("pwrite");
    lseek(file, 0, SEEK_SET);
    return file;
}

int main(int argc, char **argv)
{
    struct { pid_t pid; long long started; } running[MAX_PARALLEL] = { { 0, 0 } };
    int runs, parallel, begun = 0, ended = 0;
    long long first, number;
    struct timespec today;
    clock_gettime(CLOCK_REALTIME, &today);
    number = (today.tv_sec % 1000000) * 1000000LL + today.tv_nsec / 1000;
    if (argc < 5 || (runs = atoi(argv[1])) < 1 || (parallel = atoi(argv[2])) < 1 || parallel > MAX_PARALLEL) {
        fprintf(stderr, "usage: measure RUNS PARALLEL TEMPLATE COMMAND [ARGUMENT...]\n");
        return 64;
    }
    read_template(argv[3]);
    first = now();
    while (ended < runs) {
        while (begun < runs && begun - ended < parallel) {
            int slot = 0, input = message(number + begun);
            while (running[slot].pid)
                slot++;
            running[slot].started = now();
            pid_t pid = fork();
            if (pid < 0)
                die("fork");
            if (pid == 0) {
                int nowhere = open("/dev/null", O_WRONLY);
                dup2(input, 0);
                dup2(nowhere, 1);
                dup2(nowhere, 2);
                for (int i = 3; i < 64; i++)
                    close(i);
                execv(argv[4], argv + 4);
                _exit(127);
            }
            running[slot].pid = pid;
            close(input);
            begun++;
        }

        int status;
        struct rusage usage;
        pid_t pid = wait4(-1, &status, 0, &usage);
        long long end = now();
        if (pid < 0)
            die("wait4");
        for (int slot = 0; slot < parallel; slot++) {
            if (running[slot].pid != pid)
                continue;
            running[slot].pid = 0;
            printf("%lld\t%lld\t%ld\t%d\n", end - running[slot].started,
                (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec,
                usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
        }
        ended++;
    }
    printf("total\t%lld\n", now() - first);
    return 0;
}
