/* api/test_demo.c - the sample company of the packages can be made on any day
 * of a quarter: whatever waits for a time, its acts find it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/embed.h"
#include "base/list.h"
#include "base/str.h"
#include "suite.h"
#include "support/engine.h"

static const char PACKAGE[] = "templates/performance/";
static const char COMPANY[] = "templates/demo/";

struct files {
    weft_file *at;
    size_t n, cap;
};

static struct test_engine t;

static void setup(void)
{
    test_engine_open_at(&t, "sqlite::memory:");
}

static void teardown(void)
{
    test_engine_close(&t);
}

/* What the program carries below `prefix` and ends so, but for the tests of
 * packages and the group around the company, which only is larger. */
static void collect(const char *prefix, bool acts, struct files *out)
{
    const struct wf_embedded *file = NULL;

    while ((file = wf_embedded_next(prefix, file))) {
        const char *name = file->name + strlen(prefix);

        if (!wf_str_starts(name, "tests/") && !strstr(name, "group")
            && wf_str_ends(name, ".json") == acts)
            *WF_PUSH(t.arena, out) =
                (weft_file){ name, (const char *)file->data, file->len };
    }
}

/* 09:00 in Shanghai, on the first and the last days of a quarter, on those
 * between which another quarter is the last that is settled, in a long year. */
static const int64_t days[] = {
    INT64_C(1798765200000), /* 2027-01-01 */
    INT64_C(1801184400000), /* 2027-01-29 */
    INT64_C(1801443600000), /* 2027-02-01 */
    INT64_C(1806454800000), /* 2027-03-31 */
    INT64_C(1835398800000), /* 2028-02-29 */
};

START_TEST(the_company_is_sound_on_any_day)
{
    struct files package = { NULL, 0, 0 }, company = { NULL, 0, 0 };
    weft_deploy deploy = { NULL, 0, NULL, NULL, NULL };

    t.now = days[_i];
    collect(PACKAGE, false, &package);
    collect(COMPANY, false, &company);
    collect(PACKAGE, true, &company);
    deploy.files = package.at;
    deploy.n_files = package.n;
    test_ok(&t, weft_run(weft_init_admin(t.system, "A-good-password-1")));
    test_ok(&t, weft_run(weft_deploy_run(t.system, &deploy)));
    test_ok(&t, weft_init_demo(t.system, company.at, company.n));
    test_ok(&t, weft_verify(t.system));

    static const weft_param sheets[] = { { "form", "goal-sheet" },
                                         { "filter[state]", "open" } };
    struct wf_json *open =
        test_ok(&t, weft_document_list(t.system, sheets, WF_COUNT(sheets)));

    ck_assert_uint_ge(wf_json_len(wf_json_get(open, "items")), 1);
}
END_TEST

TCase *demo_tests(void)
{
    TCase *tc = tcase_create("api/demo");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, the_company_is_sound_on_any_day, 0, WF_COUNT(days));
    return tc;
}
