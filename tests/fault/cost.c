/* fault/cost.c - what an attack may cost.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "cost.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <check.h>

enum {
    MAX_KB = 64 * 1024
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const double max_s = 10;
static const bool counts_memory = false;
#else
static const double max_s = 1;
static const bool counts_memory = true;
#endif

static double cpu_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A figure of /proc/self/status, in KiB. */
static long status_kb(const char *name)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    long kb = 0;

    while (file && fgets(line, sizeof line, file)) {
        if (strncmp(line, name, strlen(name)) == 0)
            sscanf(line + strlen(name), ": %ld", &kb);
    }
    if (file)
        fclose(file);
    return kb;
}

/* "5" makes the highest resident size begin anew. */
static void forget_peak(void)
{
    FILE *file = fopen("/proc/self/clear_refs", "w");

    if (file) {
        fputs("5", file);
        fclose(file);
    }
}

struct cost cost_begin(void)
{
    forget_peak();
    return (struct cost){ cpu_s(), status_kb("VmRSS") };
}

void cost_end(const struct cost *cost, const char *what)
{
    double spent_s = cpu_s() - cost->begun_s;
    long grown_kb = status_kb("VmHWM") - cost->before_kb;

    ck_assert_msg(spent_s <= max_s, "%s: %.2f s", what, spent_s);
    if (counts_memory)
        ck_assert_msg(grown_kb <= MAX_KB, "%s: %ld KiB", what, grown_kb);
}

void cost_serves(struct test_engine *t)
{
    weft_session *ann = test_session(t, "ann");

    test_note(t, ann, "Served");
    weft_session_free(ann);
}

void cost_refused(struct test_engine *t, const char *what, const char *name,
                  const char *text, size_t len)
{
    weft_file file = { name, text, len };
    weft_deploy deploy = { &file, 1, NULL, NULL, NULL };
    struct cost cost = cost_begin();
    weft_reply *reply = weft_run(weft_deploy_run(t->system, &deploy));
    const weft_error *failure = weft_reply_error(reply);
    const char *body = weft_reply_body(reply, NULL);

    cost_end(&cost, what);
    ck_assert_msg(failure, "%s was deployed", what);
    ck_assert_msg(failure->code == WEFT_E_INVALID, "%s: %s", what,
                  failure->text);
    ck_assert_msg(strstr(body, "\"line\":") && strstr(body, "\"message\":"),
                  "%s has no place: %.200s", what, body);
    weft_reply_free(reply);
    cost_serves(t);
}
