/* bench/bench_collect.c - one action that asks a thousand people at once, by
 * name and anonymously.
 *
 *     bench_collect STORE [PEOPLE]
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <weft/weft.h>

enum {
    ROUNDS = 9
};

static const char package[] =
    "<package xmlns=\"urn:weft:1\" id=\"asks\" lang=\"en\"/>";

static const char answer[] =
    "<form xmlns=\"urn:weft:1\" id=\"answer\" label=\"Answer\" parent=\"of\""
    " subject=\"about\"><fields>"
    "<field id=\"of\" type=\"link\" form=\"question\" label=\"Of\"/>"
    "<field id=\"about\" type=\"person\" label=\"About\" index=\"true\"/>"
    "<field id=\"mark\" type=\"number\" label=\"Mark\"/>"
    "<field id=\"note\" type=\"text\" label=\"Note\"/></fields>"
    "<workflow start=\"fill\"><step id=\"fill\" label=\"Fill\" by=\"creator\""
    " edit=\"mark note\"><action id=\"send\" label=\"Send\" to=\"done\"/>"
    "</step><end id=\"done\" label=\"Done\"/></workflow></form>";

static const char question[] =
    "<form xmlns=\"urn:weft:1\" id=\"question\" label=\"Question\""
    " subject=\"owner\"><fields>"
    "<field id=\"owner\" type=\"person\" label=\"Owner\" default=\"me\"/>"
    "</fields><workflow start=\"draft\">"
    "<step id=\"draft\" label=\"Draft\" by=\"owner\">"
    "<action id=\"ask\" label=\"Ask\" to=\"named\"/>"
    "<action id=\"hide\" label=\"Ask anonymously\" to=\"hidden\"/></step>"
    "<collect id=\"named\" form=\"answer\" from=\"everyone\" next=\"done\">"
    "<set field=\"about\" value=\"owner\"/></collect>"
    "<collect id=\"hidden\" form=\"answer\" from=\"everyone\" next=\"done\""
    " anonymous=\"true\"><set field=\"about\" value=\"owner\"/></collect>"
    "<end id=\"done\" label=\"Done\"/></workflow><access>"
    "<create by=\"everyone\"/></access></form>";

static weft_reply *ok(weft_reply *reply)
{
    if (weft_reply_error(reply)) {
        fprintf(stderr, "bench_collect: %s\n%s\n",
                weft_reply_error(reply)->text, weft_reply_body(reply, NULL));
        exit(1);
    }
    return reply;
}

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void import_people(weft_session *system, int n)
{
    size_t room = (size_t)n * 40 + 100;
    char *text = malloc(room);
    size_t len = (size_t)snprintf(text, room, "login,name\n");

    for (int i = 0; i < n; i++)
        len += (size_t)snprintf(text + len, room - len, "p%d,P%d\n", i, i);
    weft_reply_free(
        ok(weft_run(weft_import(system, "people", text, len, false))));
    free(text);
}

static void fill(weft_session *system, int n)
{
    weft_file files[] = {
        { "package.xml", package, strlen(package) },
        { "answer.form.xml", answer, strlen(answer) },
        { "question.form.xml", question, strlen(question) },
    };
    weft_deploy what = { files, 3, NULL, NULL, NULL };

    import_people(system, n);
    weft_reply_free(ok(weft_run(weft_deploy_run(system, &what))));
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static void measure(weft_session *asker, const char *action, int n)
{
    static const char body[] = "{\"form\":\"question\"}";
    double took[ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        weft_reply *made =
            ok(weft_run(weft_document_create(asker, body, strlen(body), NULL)));
        double begun = now_ms();

        weft_reply_free(ok(weft_run(weft_document_act(
            asker, weft_reply_id(made), action, NULL, 0, NULL))));
        took[i] = now_ms() - begun;
        weft_reply_free(made);
    }
    qsort(took, ROUNDS, sizeof took[0], by_size);
    printf("collect %s %d seats %.1f ms\n", action, n, took[ROUNDS / 2]);
}

int main(int argc, char **argv)
{
    weft_options options = WEFT_OPTIONS_INIT;
    weft_error err = WEFT_ERROR_INIT;
    weft_engine *engine = NULL;
    weft_session *system = NULL, *asker = NULL;
    int n = argc > 2 ? atoi(argv[2]) : 1000;

    options.create = true;
    if (argc < 2 || !weft_engine_open(argv[1], &options, &engine, &err)
        || !weft_session_as(engine, NULL, "en", &system, &err)) {
        fprintf(stderr, "usage: bench_collect STORE [PEOPLE]\n%s\n", err.text);
        return 2;
    }
    fill(system, n);
    if (!weft_session_as(engine, "p0", "en", &asker, &err))
        return 1;
    measure(asker, "ask", n);
    measure(asker, "hide", n);
    weft_session_free(asker);
    weft_session_free(system);
    weft_engine_close(engine);
    return 0;
}
