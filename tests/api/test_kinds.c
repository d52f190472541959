/* api/test_kinds.c - definitions of the kinds beside forms: deployed, stored,
 * read again, compared.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "suite.h"
#include "support/engine.h"

static struct test_engine t;
static weft_session *ann, *root;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    root = test_session(&t, "root");
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(root);
    test_engine_close(&t);
}

static const char METRIC[] =
    "<metric xmlns='urn:weft:1' id='yield' label='Yield' unit='%'>"
    "<level id='low' colour='red' when='value &lt; 95' hold='12'/></metric>";
static const char METRIC_2[] =
    "<metric xmlns='urn:weft:1' id='yield' label='Yield' unit='%'>"
    "<level id='low' colour='red' when='value &lt; 90' hold='12'/></metric>";

static weft_reply *deploy(const char *xml)
{
    weft_file file = { "yield.metric.xml", xml, strlen(xml) };
    weft_deploy what = { .files = &file, .n_files = 1 };

    return weft_run(weft_deploy_run(root, &what));
}

static struct wf_json *first(weft_reply *reply, const char *list)
{
    struct wf_json *rows = wf_json_get(test_ok(&t, reply), list);

    ck_assert_uint_ge(wf_json_len(rows), 1);
    return rows->u.array.at[0];
}

static int version_of(const struct wf_json *row)
{
    return (int)wf_json_num(wf_json_get(row, "version"), 0);
}

START_TEST(one_hash_is_one_version)
{
    ck_assert_int_eq(version_of(first(deploy(METRIC), "deployed")), 1);
    ck_assert_int_eq(version_of(first(deploy(METRIC), "deployed")), 1);
    ck_assert_int_eq(version_of(first(deploy(METRIC_2), "deployed")), 2);
    ck_assert_int_eq(version_of(first(deploy(METRIC), "deployed")), 3);
}
END_TEST

START_TEST(what_is_live_is_listed_with_its_label)
{
    const struct wf_json *row;

    test_ok(&t, deploy(METRIC));
    test_ok(&t, deploy(METRIC_2));
    row = first(weft_definition_list(root, "metric"), "items");
    ck_assert_str_eq(test_text(row, "id"), "yield");
    ck_assert_str_eq(test_text(row, "label"), "Yield");
    ck_assert_int_eq(version_of(row), 2);
    row = first(weft_definition_versions(root, "metric", "yield"), "items");
    ck_assert_int_eq(version_of(row), 2);
}
END_TEST

START_TEST(the_text_is_what_was_deployed)
{
    weft_reply *reply;
    size_t len;
    const char *body;

    test_ok(&t, deploy(METRIC));
    test_ok(&t, deploy(METRIC_2));
    reply = weft_definition_xml(root, "metric", "yield", 1);
    body = weft_reply_body(reply, &len);
    ck_assert_uint_eq(len, strlen(METRIC));
    ck_assert(memcmp(body, METRIC, len) == 0);
    weft_reply_free(reply);
}
END_TEST

START_TEST(differences_are_of_meaning)
{
    weft_definition of = { "metric", "yield" };
    const struct wf_json *row;

    test_ok(&t, deploy(METRIC));
    test_ok(&t, deploy(METRIC_2));
    row = first(weft_definition_diff(root, &of, 1, 2), "changes");
    ck_assert_str_eq(test_text(row, "kind"), "level");
    ck_assert_str_eq(test_text(row, "attribute"), "when");
    ck_assert_str_eq(test_text(row, "to"), "value < 90");
}
END_TEST

START_TEST(texts_are_for_who_deploys)
{
    test_ok(&t, deploy(METRIC));
    test_refused(&t, weft_definition_xml(ann, "metric", "yield", 0),
                 WEFT_E_NOTFOUND);
    test_refused(&t, weft_definition_xml(root, "metric", "yeild", 0),
                 WEFT_E_NOTFOUND);
    ck_assert_uint_eq(
        wf_json_len(wf_json_get(
            test_ok(&t, weft_definition_list(ann, "metric")), "items")),
        0);
}
END_TEST

START_TEST(an_alert_names_a_form_that_is_there)
{
    static const char ALERT[] =
        "<alert xmlns='urn:weft:1' id='big' form='note'>"
        "<level id='much' colour='red' when='amount &gt; 10'/></alert>";
    static const char LOST[] =
        "<alert xmlns='urn:weft:1' id='big' form='nothing'>"
        "<level id='much' colour='red' when='amount &gt; 10'/></alert>";

    ck_assert_int_eq(version_of(first(deploy(ALERT), "deployed")), 1);
    test_refused(&t, deploy(LOST), WEFT_E_INVALID);
}
END_TEST

TCase *kinds_tests(void)
{
    TCase *tc = tcase_create("api/kinds");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, one_hash_is_one_version);
    tcase_add_test(tc, what_is_live_is_listed_with_its_label);
    tcase_add_test(tc, the_text_is_what_was_deployed);
    tcase_add_test(tc, differences_are_of_meaning);
    tcase_add_test(tc, texts_are_for_who_deploys);
    tcase_add_test(tc, an_alert_names_a_form_that_is_there);
    return tc;
}
