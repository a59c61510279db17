/* Runs several programs in turn, many times, and prints the median wall time and the median peak memory of each.
 * usage: measure RUNS PROGRAM ARGUMENTS... -- PROGRAM ARGUMENTS... */
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#define MAX_PROGRAMS 8
#define MAX_RUNS 10000

extern char **environ;

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    char **programs[MAX_PROGRAMS];
    int count = 0, runs = argc > 2 ? atoi(argv[1]) : 0;
    if (runs < 1 || runs > MAX_RUNS)
        return fprintf(stderr, "usage: measure RUNS PROGRAM ARGUMENTS... [-- PROGRAM ARGUMENTS...]\n"), 2;
    programs[count++] = &argv[2];
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0 && count < MAX_PROGRAMS) {
            argv[i] = NULL;
            programs[count++] = &argv[i + 1];
        }
    }

    static double wall[MAX_PROGRAMS][MAX_RUNS], memory[MAX_PROGRAMS][MAX_RUNS];
    for (int run = -2; run < runs; run++) { /* two rounds to warm up */
        for (int i = 0; i < count; i++) {
            pid_t child;
            int status;
            struct rusage usage;
            double start = milliseconds();
            if (posix_spawn(&child, programs[i][0], NULL, NULL, programs[i], environ) != 0)
                return perror(programs[i][0]), 1;
            wait4(child, &status, 0, &usage);
            if (status != 0)
                return fprintf(stderr, "%s failed: %d\n", programs[i][0], status), 1;
            if (run >= 0) {
                wall[i][run] = milliseconds() - start;
                memory[i][run] = usage.ru_maxrss / 1024.0;
            }
        }
    }
    for (int i = 0; i < count; i++) {
        qsort(wall[i], runs, sizeof(double), compare);
        qsort(memory[i], runs, sizeof(double), compare);
        const char *name = strrchr(programs[i][0], '/');
        printf("%-20s %7.2f ms median (%.2f fastest, %.2f slowest)  %6.2f MiB median (%.2f most)  of %d\n",
               name ? name + 1 : programs[i][0], wall[i][runs / 2], wall[i][0], wall[i][runs - 1],
               memory[i][runs / 2], memory[i][runs - 1], runs);
    }
    if (count == 2)
        printf("ratio %.2f\n", wall[1][runs / 2] / wall[0][runs / 2]);
    return 0;
}
