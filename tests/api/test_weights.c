/* api/test_weights.c - what a package says of several parts together: how many
 * groups are asked, and what their weights come to, in a form and in an
 * overlay.
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

/* A package that leaves weights to ann, of these forms. */
#define PACKAGE(forms)                                                         \
    "<package xmlns=\"urn:weft:1\" id=\"ratings\" lang=\"en\">"                \
    "<policy nobody=\"admin\" deploy-by=\"person(lead)\"/>"                    \
    "<adjust id=\"weights\" forms=\"" forms "\"" MAY
#define MAY                                                                    \
    " by=\"person(ann)\" label=\"Weights\"><may part=\"group\""                \
    " path=\"raters.*\" remove=\"true\" min=\"2\" max=\"3\">"                  \
    "<value of=\"label\"/><value of=\"weight\" min=\"10\" max=\"90\""          \
    " sum=\"100\"/></may></adjust></package>"
static const char first_package[] = PACKAGE("rating");
static const char rating_package[] = PACKAGE("rating shop-rating");

static const char answer_xml[] =
    "<form xmlns=\"urn:weft:1\" id=\"answer\" label=\"Answer\"><fields>"
    "<field id=\"mark\" type=\"number\" label=\"Mark\"/></fields>"
    "<workflow start=\"fill\"><step id=\"fill\" by=\"creator\" edit=\"*\""
    " label=\"Fill\"><action id=\"send\" to=\"done\" label=\"Send\"/></step>"
    "<end id=\"done\" label=\"Done\"/></workflow></form>";

static const char rating_xml[] =
    "<form xmlns=\"urn:weft:1\" id=\"rating\" label=\"Rating\""
    " subject=\"who\"><fields><field id=\"who\" type=\"person\""
    " label=\"Who\" default=\"me\"/></fields><workflow start=\"draft\">"
    "<step id=\"draft\" by=\"who\" edit=\"*\" label=\"Draft\">"
    "<action id=\"ask\" to=\"raters\" label=\"Ask\"/></step>"
    "<collect id=\"raters\" label=\"Raters\" form=\"answer\" next=\"done\">"
    "<group id=\"lead\" label=\"Lead\" from=\"manager(who)\" weight=\"40\"/>"
    "<group id=\"peers\" label=\"Peers\" from=\"peers(who)\" weight=\"40\"/>"
    "<group id=\"below\" label=\"Reports\" from=\"reports(who)\" "
    "weight=\"20\"/>"
    "</collect><end id=\"done\" label=\"Done\"/></workflow>"
    "<access><create by=\"everyone\"/><grant to=\"who\" rights=\"read\"/>"
    "</access></form>";

static const char overlay_xml[] =
    "<form xmlns=\"urn:weft:1\" id=\"shop-rating\" label=\"Rating of shops\""
    " from=\"rating@1\" for=\"person(bob)\"><add sel=\"fields\">"
    "<field id=\"shop\" type=\"text\" label=\"Shop\"/></add></form>";

static void put(const weft_file *files, size_t n, const char *package)
{
    weft_deploy what = { files, n, package, NULL, NULL };

    test_ok(&t, weft_run(weft_deploy_run(root, &what)));
}

/* An overlay is of a version that there is, and rules are of forms that there
 * are. */
static void put_ratings(void)
{
    const weft_file base[] = {
        { "package.xml", first_package, strlen(first_package) },
        { "answer.form.xml", answer_xml, strlen(answer_xml) },
        { "rating.form.xml", rating_xml, strlen(rating_xml) },
    };
    const weft_file overlay = { "shop-rating.form.xml", overlay_xml,
                                strlen(overlay_xml) };
    const weft_file package = { "package.xml", rating_package,
                                strlen(rating_package) };

    put(base, 3, NULL);
    put(&overlay, 1, "ratings");
    put(&package, 1, NULL);
}

static weft_reply *adjust_form(const char *form, const char *changes)
{
    const char *text = wf_arena_printf(t.arena, "{\"changes\":[%s]}", changes);

    return weft_run(weft_form_adjust(ann, form, text, strlen(text)));
}

#define WEIGHT(group, n)                                                       \
    "{\"part\":\"group\",\"path\":\"raters." group "\",\"set\":{\"weight\":" n \
    "}}"
#define GONE(group)                                                            \
    "{\"part\":\"group\",\"path\":\"raters." group "\",\"remove\":true}"
#define MORE                                                                   \
    "{\"part\":\"group\",\"path\":\"raters.all\",\"add\":{\"label\":\"All\","  \
    "\"from\":\"everyone\",\"weight\":20}}"

/* Of an overlay, in what it says beyond its base. */
static bool form_has(const char *form, const char *text)
{
    weft_reply *reply = weft_form_xml(root, form, 0);
    size_t len;
    bool has = strstr(weft_reply_body(reply, &len), text) != NULL;

    weft_reply_free(reply);
    return has;
}

START_TEST(weights_come_to_what_the_package_says)
{
    static const char *const forms[] = { "rating", "shop-rating" };
    static const char *const wrong[] = {
        WEIGHT("lead", "50"),                         /* 110 */
        GONE("below"),                                /* 80 */
        WEIGHT("lead", "75") "," WEIGHT("peers", "5") /* out of bounds */
        ,
        GONE("peers") "," GONE("below") "," WEIGHT("lead", "90"), /* one */
        GONE("below") "," MORE, /* whom it asks is not theirs to say */
    };

    put_ratings();
    for (size_t i = 0; i < 2; i++) {
        for (size_t k = 0; k < WF_COUNT(wrong); k++)
            ck_assert_uint_ge(
                wf_json_len(test_refused(&t, adjust_form(forms[i], wrong[k]),
                                         WEFT_E_INVALID)),
                1);
        ck_assert(!form_has(forms[i], "55"));
        test_ok(&t, adjust_form(forms[i],
                                GONE("below") "," WEIGHT(
                                    "lead", "55") "," WEIGHT("peers", "45")));
        ck_assert(form_has(forms[i], "55"));
    }
    /* Each of the two by itself. */
    test_ok(&t, adjust_form("rating",
                            WEIGHT("lead", "30") "," WEIGHT("peers", "70")));
    ck_assert(form_has("rating", "70"));
    ck_assert(form_has("shop-rating", "55"));
    ck_assert(!form_has("shop-rating", "70"));
}
END_TEST

TCase *weights_tests(void)
{
    TCase *tc = tcase_create("api/weights");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, weights_come_to_what_the_package_says);
    return tc;
}
