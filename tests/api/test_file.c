/* api/test_file.c - files: whose they are, who reads them, what is taken, and
 * what becomes of them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <weft/file.h>
#include <weft/organisation.h>
#include <weft/privacy.h>

#include "suite.h"
#include "support/engine.h"

static const char form[] =
    "<form xmlns=\"urn:weft:1\" id=\"claim\" label=\"Claim\"><fields>"
    "<field id=\"title\" type=\"text\" label=\"Title\"/>"
    "<field id=\"proof\" type=\"file\" label=\"Proof\"/>"
    "<field id=\"secret\" type=\"file\" label=\"Secret\" private=\"true\"/>"
    "<field id=\"more\" type=\"files\" label=\"More\" max=\"2\"/>"
    "<field id=\"said\" type=\"audio\" label=\"Said\" max=\"60\"/>"
    "<items id=\"lines\" label=\"Lines\">"
    "<field id=\"what\" type=\"text\" label=\"What\"/>"
    "<field id=\"slip\" type=\"file\" label=\"Slip\"/></items>"
    "</fields><workflow start=\"draft\">"
    "<step id=\"draft\" label=\"Draft\" by=\"creator\" edit=\"*\">"
    "<action id=\"submit\" label=\"Submit\" to=\"check\"/></step>"
    "<approval id=\"check\" label=\"Check\" approved=\"done\""
    " rejected=\"draft\" nobody=\"admin\">"
    "<level id=\"lead\" label=\"Lead\" by=\"manager(creator)\"/></approval>"
    "<end id=\"done\" label=\"Done\"/></workflow><access>"
    "<create by=\"everyone\"/>"
    "<grant to=\"creator\" rights=\"read comment delete\"/>"
    "<grant to=\"creator\" rights=\"read\" fields=\"secret\"/>"
    "<grant to=\"manager(creator)\" rights=\"read comment\"/>"
    "<grant to=\"everyone\" rights=\"read\" fields=\"title\"/></access></form>";

static const char PNG[] = "\x89PNG\r\n\x1a\n0000";

static struct test_engine t;
static weft_session *ann, *bob, *lead;

static void setup(void)
{
    test_engine_open(&t);
    ann = test_session(&t, "ann");
    bob = test_session(&t, "bob");
    lead = test_session(&t, "lead");
    test_deploy(&t, "claim.form.xml", form);
}

static void teardown(void)
{
    weft_session_free(ann);
    weft_session_free(bob);
    weft_session_free(lead);
    test_engine_close(&t);
}

static weft_reply *send(weft_session *who, const char *name, const void *bytes,
                        size_t len)
{
    weft_new_file what = { name, NULL, 0, bytes, len };

    return weft_run(weft_file_upload(who, &what));
}

static const char *upload(weft_session *who, const char *name)
{
    return test_text(test_ok(&t, send(who, name, PNG, sizeof PNG - 1)), "id");
}

static int64_t number(const char *id)
{
    return strtoll(id, NULL, 10);
}

static weft_reply *create(weft_session *who, const char *field, const char *id)
{
    const char *body = wf_arena_printf(
        t.arena, "{\"form\":\"claim\",\"data\":{\"title\":\"A\",\"%s\":%s}}",
        field, id);

    return weft_run(weft_document_create(who, body, strlen(body), NULL));
}

static int64_t claim(const char *field, const char *id)
{
    return number(test_text(test_ok(&t, create(ann, field, id)), "id"));
}

static const char *quoted(const char *id)
{
    return wf_arena_printf(t.arena, "\"%s\"", id);
}

static void act(weft_session *who, int64_t id, const char *action,
                const char *body, weft_code code)
{
    weft_reply *reply = weft_run(weft_document_act(
        who, id, action, body, body ? strlen(body) : 0, NULL));

    if (code == WEFT_OK)
        test_ok(&t, reply);
    else
        test_refused(&t, reply, code);
}

static bool reads(weft_session *who, const char *id)
{
    weft_reply *reply = weft_file_get(who, number(id));
    const weft_error *err = weft_reply_error(reply);
    bool ok = !err;

    ck_assert(ok || err->code == WEFT_E_NOTFOUND);
    weft_reply_free(reply);
    return ok;
}

static size_t n_findings(void)
{
    return wf_json_len(
        wf_json_get(test_ok(&t, weft_verify(t.system)), "findings"));
}

START_TEST(a_file_comes_back_as_it_went)
{
    size_t len = 700 * 1000, got;
    char *bytes = malloc(len);
    const char *id;
    weft_reply *reply;

    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)('a' + i * i % 23);
    id = test_text(test_ok(&t, send(ann, "long.txt", bytes, len)), "id");
    reply = weft_file_get(ann, number(id));

    ck_assert_ptr_null(weft_reply_error(reply));
    ck_assert_int_eq(memcmp(weft_reply_body(reply, &got), bytes, len), 0);
    ck_assert_uint_eq(got, len);
    ck_assert_str_eq(weft_reply_type(reply), "text/plain");
    ck_assert_str_eq(weft_reply_name(reply), "long.txt");
    weft_reply_free(reply);
    free(bytes);
    ck_assert_uint_eq(n_findings(), 0);
}
END_TEST

START_TEST(until_a_document_holds_it_it_is_its_uploaders_alone)
{
    const char *id = upload(ann, "a.png");

    ck_assert(reads(ann, id));
    ck_assert(!reads(bob, id));
    ck_assert(!reads(lead, id));
    test_refused(&t, create(bob, "proof", quoted(id)), WEFT_E_INVALID);
}
END_TEST

START_TEST(then_it_is_of_those_who_see_the_field)
{
    const char *proof = upload(ann, "a.png"), *secret = upload(ann, "b.png");
    int64_t id =
        claim("proof", wf_arena_printf(t.arena, "\"%s\",\"secret\":\"%s\"",
                                       proof, secret));
    const struct wf_json *shown = wf_json_get(
        wf_json_get(test_ok(&t, weft_document_get(ann, id)), "data"), "proof");

    ck_assert_str_eq(test_text(shown, "id"), proof);
    ck_assert_str_eq(test_text(shown, "name"), "a.png");
    ck_assert_str_eq(test_text(shown, "type"), "image/png");
    ck_assert(reads(ann, proof) && reads(ann, secret));
    ck_assert(reads(lead, proof));
    ck_assert(!reads(lead, secret));
    ck_assert(!reads(bob, proof) && !reads(bob, secret));
    test_ok(&t, weft_document_get(bob, id)); /* its title alone */
    ck_assert_uint_eq(n_findings(), 0);
}
END_TEST

START_TEST(one_file_is_of_one_document)
{
    const char *id = upload(ann, "a.png");

    claim("proof", quoted(id));
    test_refused(&t, create(ann, "proof", quoted(id)), WEFT_E_INVALID);
    test_refused(&t,
                 create(ann, "more", wf_arena_printf(t.arena, "[\"%s\"]", id)),
                 WEFT_E_INVALID);
}
END_TEST

START_TEST(what_is_taken_out_of_a_document_is_gone)
{
    const char *old = upload(ann, "a.png"), *next = upload(ann, "b.png");
    int64_t id = claim("proof", quoted(old));
    const char *body =
        wf_arena_printf(t.arena, "{\"data\":{\"proof\":\"%s\"}}", next);

    test_ok(&t,
            weft_run(weft_document_patch(ann, id, body, strlen(body), NULL)));

    ck_assert(!reads(ann, old));
    ck_assert(reads(lead, next));
    test_ok(&t, weft_run(weft_document_delete(ann, id, NULL)));
    ck_assert(!reads(ann, next));
    ck_assert_uint_eq(n_findings(), 0);
}
END_TEST

START_TEST(what_was_sent_back_stays_where_it_was)
{
    const char *one = upload(ann, "a.png"), *two = upload(ann, "b.png");
    int64_t id = claim("lines", wf_arena_printf(t.arena,
                                                "[{\"slip\":\"%s\"},"
                                                "{\"slip\":\"%s\"}]",
                                                one, two));
    const char *body = wf_arena_printf(
        t.arena, "{\"data\":{\"lines\":[{\"slip\":{\"id\":\"%s\"}}]}}", two);

    test_ok(&t,
            weft_run(weft_document_patch(ann, id, body, strlen(body), NULL)));

    ck_assert(!reads(lead, one));
    ck_assert(reads(lead, two));
    ck_assert_uint_eq(n_findings(), 0);
}
END_TEST

START_TEST(what_no_document_holds_goes_after_a_day)
{
    const char *loose = upload(ann, "a.png"), *held = upload(ann, "b.png");
    weft_error err = WEFT_ERROR_INIT;
    int64_t fired;

    claim("proof", quoted(held));
    t.now += INT64_C(25) * 3600 * 1000;
    ck_assert(weft_engine_tick(t.engine, 0, &fired, &err));

    ck_assert(!reads(ann, loose));
    ck_assert(reads(ann, held));
}
END_TEST

START_TEST(nobody_keeps_a_store_full_of_loose_files)
{
    for (int i = 0; i < 64; i++)
        upload(ann, "a.png");

    test_refused(&t, send(ann, "a.png", PNG, sizeof PNG - 1), WEFT_E_LIMITED);
    upload(bob, "a.png");
}
END_TEST

START_TEST(sound_has_a_length)
{
    static const char ogg[] = "OggS\0\0\0";
    weft_new_file what = { "a.ogg", "audio/ogg", 45, ogg, sizeof ogg };
    const char *good =
        test_text(test_ok(&t, weft_run(weft_file_upload(ann, &what))), "id");
    const char *silent, *longer;

    what.seconds = 0;
    silent =
        test_text(test_ok(&t, weft_run(weft_file_upload(ann, &what))), "id");
    what.seconds = 61;
    longer =
        test_text(test_ok(&t, weft_run(weft_file_upload(ann, &what))), "id");

    test_refused(&t, create(ann, "said", quoted(silent)), WEFT_E_INVALID);
    test_refused(&t, create(ann, "said", quoted(longer)), WEFT_E_INVALID);
    test_refused(&t, create(ann, "said", quoted(upload(ann, "a.png"))),
                 WEFT_E_INVALID);
    claim("said", quoted(good));
}
END_TEST

START_TEST(a_list_has_at_most_so_many)
{
    const char *ids =
        wf_arena_printf(t.arena, "[\"%s\",\"%s\",\"%s\"]", upload(ann, "a.png"),
                        upload(ann, "b.png"), upload(ann, "c.png"));

    test_refused(&t, create(ann, "more", ids), WEFT_E_INVALID);
}
END_TEST

START_TEST(whom_it_goes_through_attach_beside_the_fields)
{
    int64_t id = claim("said", "null");
    const char *file = upload(lead, "note.png");
    const char *body = wf_arena_printf(
        t.arena, "{\"files\":[\"%s\"],\"comment\":\"see\"}", file);
    const struct wf_json *items;

    act(ann, id, "submit", NULL, WEFT_OK);
    act(bob, id, "attach", body, WEFT_E_DENIED);
    act(lead, id, "attach", "{}", WEFT_E_INVALID);
    act(lead, id, "attach", body, WEFT_OK);
    act(lead, id, "attach", body, WEFT_E_INVALID);

    items = wf_json_get(test_ok(&t, weft_document_files(ann, id)), "items");
    ck_assert_uint_eq(wf_json_len(items), 1);
    ck_assert_str_eq(test_text(items->u.array.at[0], "name"), "note.png");
    ck_assert(reads(ann, file) && reads(lead, file));
    ck_assert(!reads(bob, file));
    items = wf_json_get(test_ok(&t, weft_document_files(bob, id)), "items");
    ck_assert_uint_eq(wf_json_len(items), 0);
    ck_assert_uint_eq(n_findings(), 0);
}
END_TEST

static weft_reply *say(weft_session *who, int64_t id, const char *file)
{
    const char *body = wf_arena_printf(t.arena, "{\"files\":[\"%s\"]}", file);

    return weft_run(weft_document_comment(who, id, body, strlen(body), NULL));
}

START_TEST(a_voice_is_said_with_a_comment)
{
    static const char ogg[] = "OggS\0\0\0";
    weft_new_file what = { "voice.ogg", "audio/ogg", 4, ogg, sizeof ogg };
    int64_t id = claim("said", "null");
    const char *voice =
        test_text(test_ok(&t, weft_run(weft_file_upload(lead, &what))), "id");
    const struct wf_json *said, *files;

    act(ann, id, "submit", NULL, WEFT_OK);
    test_refused(&t, say(bob, id, upload(bob, "b.png")), WEFT_E_DENIED);
    test_refused(&t, say(ann, id, voice), WEFT_E_INVALID);
    test_ok(&t, say(lead, id, voice));
    test_refused(&t, say(lead, id, voice), WEFT_E_INVALID);

    said = wf_json_get(test_ok(&t, weft_document_comments(ann, id, NULL, 0)),
                       "items");
    ck_assert_uint_eq(wf_json_len(said), 1);
    files = wf_json_get(said->u.array.at[0], "files");
    ck_assert_str_eq(test_text(files->u.array.at[0], "id"), voice);
    ck_assert_str_eq(test_text(files->u.array.at[0], "type"), "audio/ogg");
    ck_assert(reads(ann, voice));
    ck_assert_uint_eq(wf_json_len(wf_json_get(
                          test_ok(&t, weft_document_files(ann, id)), "items")),
                      0);
    ck_assert_uint_eq(n_findings(), 0);

    test_ok(&t, weft_run(weft_document_delete(t.system, id, NULL)));
    ck_assert(!reads(lead, voice));
}
END_TEST

START_TEST(what_is_no_file_for_people_is_not_taken)
{
    static const struct {
        const char *bytes;
        size_t len;
    } bad[] = { { "", 0 },
                { "\x7f"
                  "ELF\2\1\1\0\0\0",
                  10 },
                { "MZ\x90\0\3\0\0\0", 8 },
                { "\xca\xfe\xba\xbe\0\0\0\x34", 8 },
                { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8 },
                { "abc\0def", 7 } };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        test_refused(&t, send(ann, "a.msi", bad[i].bytes, bad[i].len),
                     WEFT_E_UNSUPPORTED);
}
END_TEST

START_TEST(a_name_can_do_no_harm)
{
    static const struct {
        const char *given, *kept;
    } names[] = {
        { "../../etc/passwd", "passwd.txt" },
        { "C:\\temp\\con", "_con.txt" },
        { "report.html", "report.html.txt" },
        { "a.svg", "a.svg.txt" },
        { "invoice\xe2\x80\xaegpj.exe", "invoicegpj.exe.txt" },
        { "", "file.txt" },
        { ".bashrc", "bashrc.txt" },
        { "a\"b\r\nSet-Cookie: x.txt", "a_bSet-Cookie_ x.txt" },
        { "\xe5\xb9\xb4\xe5\xba\xa6.TXT", "\xe5\xb9\xb4\xe5\xba\xa6.TXT" },
    };

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        ck_assert_str_eq(
            test_text(test_ok(&t, send(ann, names[i].given, "<b>hi</b>", 9)),
                      "name"),
            names[i].kept);
}
END_TEST

START_TEST(too_large_is_too_large)
{
    size_t len = 25 * 1024 * 1024 + 1;
    char *bytes = malloc(len);

    memset(bytes, 'a', len);
    test_refused(&t, send(ann, "a.txt", bytes, len), WEFT_E_TOO_LARGE);
    free(bytes);
}
END_TEST

START_TEST(who_is_erased_leaves_no_file)
{
    static const char gone[] = "{\"active\":false}";
    const char *proof = upload(ann, "a.png"), *note = upload(lead, "b.png");
    int64_t id = claim("proof", quoted(proof));
    weft_session *root = test_session(&t, "root");

    act(ann, id, "submit", NULL, WEFT_OK);
    act(lead, id, "attach",
        wf_arena_printf(t.arena, "{\"files\":[\"%s\"]}", note), WEFT_OK);
    test_ok(&t, weft_run(weft_person_edit(root, "ann", gone, sizeof gone - 1)));
    test_ok(&t, weft_run(weft_person_erase(root, "ann")));
    weft_session_free(root);

    ck_assert(!reads(t.system, proof));
    ck_assert(!reads(t.system, note));
    ck_assert_uint_eq(n_findings(), 0);
}
END_TEST

TCase *file_tests(void)
{
    TCase *tc = tcase_create("api/file");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_file_comes_back_as_it_went);
    tcase_add_test(tc, until_a_document_holds_it_it_is_its_uploaders_alone);
    tcase_add_test(tc, then_it_is_of_those_who_see_the_field);
    tcase_add_test(tc, one_file_is_of_one_document);
    tcase_add_test(tc, what_is_taken_out_of_a_document_is_gone);
    tcase_add_test(tc, what_was_sent_back_stays_where_it_was);
    tcase_add_test(tc, what_no_document_holds_goes_after_a_day);
    tcase_add_test(tc, nobody_keeps_a_store_full_of_loose_files);
    tcase_add_test(tc, sound_has_a_length);
    tcase_add_test(tc, a_list_has_at_most_so_many);
    tcase_add_test(tc, whom_it_goes_through_attach_beside_the_fields);
    tcase_add_test(tc, a_voice_is_said_with_a_comment);
    tcase_add_test(tc, what_is_no_file_for_people_is_not_taken);
    tcase_add_test(tc, a_name_can_do_no_harm);
    tcase_add_test(tc, too_large_is_too_large);
    tcase_add_test(tc, who_is_erased_leaves_no_file);
    return tc;
}
