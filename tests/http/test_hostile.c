/* http/test_hostile.c - texts that break other programs, as values and as
 * questions.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "suite.h"
#include "support/data.h"

static const char *patch_of(const char *text, size_t len)
{
    struct wf_buf body = WF_BUF_INIT(bench.arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&body);

    wf_jw_open(&w, '{');
    wf_jw_key(&w, "data");
    wf_jw_open(&w, '{');
    wf_jw_key(&w, "text");
    wf_jw_text_n(&w, text, len);
    wf_jw_close(&w, '}');
    wf_jw_close(&w, '}');
    return wf_buf_text(&body);
}

START_TEST(naughty_strings_come_back_as_they_were)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    size_t len;
    const char *file =
        data_read(bench.arena, "naughty_strings/blns.json", &len);
    struct wf_json *list;
    weft_error err = WEFT_ERROR_INIT;
    const char *path;

    if (!file)
        return;
    ck_assert(wf_json_parse(bench.arena, file, len, &limits, &list, &err));
    path = bench_document("naughty");
    for (size_t i = 0; i < wf_json_len(list); i++) {
        struct wf_str text = list->u.array.at[i]->u.text;

        ck_assert_msg(
            bench_ask("maker", "PATCH", path, patch_of(text.at, text.len))
                == 200,
            "%s: %s", text.at, bench.answer.body);
        ck_assert_int_eq(bench_ask("maker", "GET", path, NULL), 200);
        if (text.len > 0 && bench_text("data.text"))
            ck_assert_str_eq(bench_text("data.text"),
                             wf_text_nfc(bench.arena, text).at);
    }
}
END_TEST

static const char *escaped(const char *text, size_t len)
{
    struct wf_buf out = WF_BUF_INIT(bench.arena);

    for (size_t i = 0; i < len; i++)
        wf_buf_printf(&out, "%%%02X", (unsigned char)text[i]);
    return wf_buf_text(&out);
}

/* Whatever it says, the answer is one of those that are foreseen. */
static void ask_with(const char *text, size_t len)
{
    static const char *const paths[] = {
        "/api/v1/documents?q=%s",
        "/api/v1/documents?form=request&filter%%5Bcreator%%5D=%s",
        "/api/v1/documents?form=request&sort=%s",
        "/api/v1/documents?cursor=%s",
        "/api/v1/people?q=%s",
        "/api/v1/people/%s",
        "/api/v1/forms/%s",
    };

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct wf_buf path = WF_BUF_INIT(bench.arena);
        const char *mark = strstr(paths[i], "%s");
        int status;

        wf_buf_add(&path, paths[i], (size_t)(mark - paths[i]));
        wf_buf_str(&path, escaped(text, len));
        status = bench_ask("maker", "GET", wf_buf_text(&path), NULL);
        ck_assert_msg(status == 200 || status == 400 || status == 404,
                      "%s: %d %s", wf_buf_text(&path), status,
                      bench.answer.body);
    }
}

static void send_line(const char *path, struct wf_str line)
{
    if (line.len == 0 || line.len > 1000
        || !wf_utf8_is_valid(line.at, line.len))
        return;
    ck_assert_int_eq(
        bench_ask("maker", "PATCH", path, patch_of(line.at, line.len)), 200);
    ask_with(line.at, line.len);
}

static void send_file(const char *path, const char *name)
{
    size_t len;
    const char *file = data_read(
        bench.arena, wf_arena_printf(bench.arena, "hostile_payloads/%s", name),
        &len);
    struct wf_str rest = { file, len }, line;

    for (int n = 0; n < 40 && wf_str_split(&rest, '\n', &line); n++)
        send_line(path, wf_str_trim(line));
}

START_TEST(payloads_of_attackers_are_only_text)
{
    const char *at = data_path(bench.arena, "hostile_payloads");
    DIR *folder = at ? opendir(at) : NULL;
    const struct dirent *entry;
    const char *path = bench_document("hostile");

    if (!folder)
        return;
    while ((entry = readdir(folder))) {
        if (entry->d_name[0] != '.')
            send_file(path, entry->d_name);
    }
    closedir(folder);
}
END_TEST

TCase *hostile_tests(void)
{
    TCase *tc = tcase_create("http/hostile");

    tcase_add_checked_fixture(tc, bench_setup, bench_teardown);
    tcase_add_test(tc, naughty_strings_come_back_as_they_were);
    tcase_add_test(tc, payloads_of_attackers_are_only_text);
    return tc;
}
