/* fuzz/driver.c - replays kept inputs through a fuzz target, without libFuzzer.
 *
 * Each argument is a folder of inputs or one input. They run in a child
 * process; an input that ends it, or that takes longer than LIMIT_S, is named
 * and counted as failed, and a new child goes on behind it. Prints the totals
 * line that all suites print.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    LIMIT_S = 20,
    INPUTS_MAX = 20000
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* The inputs in order of their names, and how far the child has come. */
struct replay {
    char *paths[INPUTS_MAX];
    size_t n;
    size_t *at; /* shared with the child */
};

static void *must(void *pointer, const char *what)
{
    if (!pointer) {
        perror(what);
        exit(EXIT_FAILURE);
    }
    return pointer;
}

static void add_input(struct replay *replay, const char *path)
{
    if (replay->n == INPUTS_MAX) {
        fprintf(stderr, "%s: more than %d inputs\n", path, INPUTS_MAX);
        exit(EXIT_FAILURE);
    }
    replay->paths[replay->n++] = must(strdup(path), path);
}

/* Files whose names begin with a dot are not inputs. A folder that is not
 * there holds none. */
static void add_folder(struct replay *replay, const char *folder)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, NULL, alphasort);

    for (int i = 0; i < n; i++) {
        char path[4096];

        if (entries[i]->d_name[0] != '.') {
            snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
            add_input(replay, path);
        }
        free(entries[i]);
    }
    free(entries);
}

/* Exactly as many bytes as the file has, so that the sanitizer sees a read
 * past their end. */
static void run_input(const char *path)
{
    struct stat stat_of;
    FILE *file = must(fopen(path, "rb"), path);
    size_t len;
    uint8_t *data;

    if (fstat(fileno(file), &stat_of) != 0)
        must(NULL, path);
    len = (size_t)stat_of.st_size;
    data = must(malloc(len ? len : 1), path);
    if (fread(data, 1, len, file) != len)
        must(NULL, path);
    fclose(file);
    LLVMFuzzerTestOneInput(data, len);
    free(data);
}

_Noreturn static void run_child(const struct replay *replay)
{
    for (; *replay->at < replay->n; ++*replay->at) {
        alarm(LIMIT_S);
        run_input(replay->paths[*replay->at]);
    }
    exit(EXIT_SUCCESS);
}

/* True when the child has gone through all inputs that were left. */
static bool child_finished(const struct replay *replay)
{
    int status = 0;
    pid_t child;

    fflush(stdout); /* else the child would print it once more */
    child = fork();
    if (child == 0)
        run_child(replay);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return child > 0 && WIFEXITED(status)
           && WEXITSTATUS(status) == EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    static struct replay replay;
    size_t n_failed = 0;

    for (int i = 1; i < argc; i++) {
        struct stat stat_of;

        if (stat(argv[i], &stat_of) == 0 && S_ISREG(stat_of.st_mode))
            add_input(&replay, argv[i]);
        else
            add_folder(&replay, argv[i]);
    }
    replay.at = mmap(NULL, sizeof *replay.at, PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (replay.at == MAP_FAILED)
        must(NULL, "mmap");
    while (!child_finished(&replay)) {
        bool at_end = *replay.at == replay.n; /* a leak, told at the exit */

        printf("failed: %s\n", at_end ? "leak" : replay.paths[*replay.at]);
        n_failed++;
        if (at_end)
            break;
        ++*replay.at;
    }
    for (size_t i = 0; i < replay.n; i++)
        free(replay.paths[i]);
    printf("%zu passed, %zu failed, 0 skipped\n",
           replay.n > n_failed ? replay.n - n_failed : 0, n_failed);
    return n_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
