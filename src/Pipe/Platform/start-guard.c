/*
 * What happens before the first line of C#.
 *
 * Where memory or processes are short, as hosting limits make them, the runtime cannot start its heap or its threads: it ends with 255
 * or of a signal, and mail systems return the mail for either. Both become 75 here. From CrashGuard.Arm on, that takes over.
 */
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

enum { runtime_failed = 255, temp_fail = 75 };

static void on_end(int status, void *unused)
{
    (void)unused;
    if ((status & 0xFF) == runtime_failed)
        _exit(temp_fail);
}

static void on_fault(int number)
{
    (void)number;
    _exit(temp_fail);
}

__attribute__((constructor)) static void guard_start(void)
{
    on_exit(on_end, NULL);
    signal(SIGABRT, on_fault);
    signal(SIGBUS, on_fault);
    signal(SIGSEGV, on_fault);
}
