/* fault/test_disk.c - a disk that is full or fails, under a whole engine: a
 * command says so, nothing of it remains, what was kept before stays, and work
 * goes on once there is room.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/macros.h"
#include "suite.h"
#include "support/fault_vfs.h"
#include "support/store.h"

enum {
    N_CHANGES = 6 /* of the disk, at each of which a command may fail */
};

static struct test_engine t;
static weft_session *ann, *lead;
static char path[TEST_PATH];

static void open_all(void)
{
    test_engine_open_at(&t, path);
    ann = NULL;
    lead = NULL;
}

static void sign_in(void)
{
    ann = test_session(&t, "ann");
    lead = test_session(&t, "lead");
}

static void close_all(void)
{
    weft_session_free(ann);
    weft_session_free(lead);
    test_engine_close(&t);
}

static void setup(void)
{
    fault_vfs_register();
    test_folder_make(path);
    open_all();
    test_engine_fill(&t);
    sign_in();
}

static void teardown(void)
{
    fault_verify(&t);
    close_all();
    test_folder_remove(path);
}

/* Each command, on a document that is ready for it. */
typedef weft_reply *command_fn(int64_t id);

static const char *key_of(const char *what, int64_t id)
{
    return wf_arena_printf(t.arena, "%s-%" PRId64, what, id);
}

static weft_reply *create(int64_t id)
{
    return fault_create(ann, key_of("create", id),
                        "{\"form\":\"note\",\"data\":{\"title\":\"Kept\"}}");
}

static weft_reply *patch(int64_t id)
{
    return fault_patch(ann, id, NULL, "{\"data\":{\"amount\":3}}");
}

static weft_reply *submit(int64_t id)
{
    return fault_act(ann, id, "submit", key_of("submit", id));
}

static weft_reply *comment(int64_t id)
{
    static const char text[] = "{\"text\":\"Hm.\"}";

    return weft_run(weft_document_comment(ann, id, text, strlen(text), NULL));
}

static weft_reply *delete (int64_t id)
{
    return weft_run(weft_document_delete(t.system, id, NULL));
}

static weft_reply *import(int64_t id)
{
    static const char csv[] = "login,name,unit,manager\n"
                              "new,New,all,boss\n";

    (void)id;
    return weft_run(weft_import(t.system, "people", csv, strlen(csv), false));
}

static weft_reply *token(int64_t id)
{
    (void)id;
    return weft_run(weft_token_add(ann, "ann", 0, 1));
}

static weft_reply *deploy(int64_t id)
{
    char *xml = wf_arena_str(t.arena, test_note_xml);
    char *label = strstr(xml, "label=\"Note\"");
    weft_file file = { "note.form.xml", xml, strlen(xml) };
    weft_deploy what = { &file, 1, NULL, NULL, NULL };

    (void)id;
    memcpy(label, "label=\"Nota\"", strlen("label=\"Nota\""));
    return weft_run(weft_deploy_run(t.system, &what));
}

static const struct {
    const char *name;
    command_fn *run;
} commands[] = {
    { "create", create },   { "patch", patch },   { "submit", submit },
    { "comment", comment }, { "import", import }, { "token", token },
    { "deploy", deploy },   { "delete", delete },
};

/* The command meets `fault` at its n-th change of the disk: it says so and has
 * done nothing, or it went well. Then there is room, and it is done. Whether
 * it failed. */
static bool meets(size_t which, int n, enum fault fault, int64_t id)
{
    int64_t before = fault_count(&t, t.system, "note");
    weft_reply *reply;
    const weft_error *failure;
    bool failed;

    fault_vfs_arm(n, fault);
    reply = commands[which].run(id);
    fault_vfs_fired();
    failure = weft_reply_error(reply);
    failed = failure != NULL;
    if (failed) {
        ck_assert_msg(failure->code == WEFT_E_FULL
                          || failure->code == WEFT_E_STORE,
                      "%s: %s %s", commands[which].name,
                      weft_code_name(failure->code), failure->text);
        ck_assert_int_eq(fault_count(&t, t.system, "note"), before);
        fault_verify(&t);
        weft_reply_free(reply);
        reply = commands[which].run(id);
    }
    test_ok(&t, reply);
    return failed;
}

static void every_command_meets(enum fault fault)
{
    int n_failed = 0;

    for (int n = 1; n <= N_CHANGES; n++) {
        int64_t id = test_note(&t, ann, "Base");

        for (size_t i = 0; i < WF_COUNT(commands); i++)
            n_failed += meets(i, n, fault, id);
    }
    ck_assert_int_gt(n_failed, (int)WF_COUNT(commands));
}

START_TEST(a_full_disk_loses_nothing)
{
    every_command_meets(FAULT_FULL);
}
END_TEST

START_TEST(a_failing_disk_loses_nothing)
{
    every_command_meets(FAULT_IO);
}
END_TEST

START_TEST(on_a_full_disk_one_can_still_read)
{
    weft_error err = WEFT_ERROR_INIT;
    int64_t id = test_note(&t, ann, "Read me");

    fault_vfs_arm(1, FAULT_FULL);
    test_refused(&t, patch(id), WEFT_E_FULL);
    ck_assert(!weft_engine_is_ready(t.engine, &err));
    ck_assert_int_eq(err.code, WEFT_E_BUSY); /* a 503: ask another server */
    test_ok(&t, weft_document_get(ann, id));
    test_ok(&t, weft_document_list(ann, NULL, 0));
    fault_vfs_fired();

    test_ok(&t, patch(id));
    ck_assert(weft_engine_is_ready(t.engine, &err));
}
END_TEST

/* What was answered is there after the engine is opened anew. */
START_TEST(what_was_answered_around_a_full_disk_stays)
{
    int64_t kept = test_note(&t, ann, "Kept");

    fault_vfs_arm(1, FAULT_FULL);
    test_refused(&t, create(0), WEFT_E_FULL);
    fault_vfs_fired();
    test_ok(&t, submit(kept));
    close_all();

    open_all();
    sign_in();
    struct wf_json *doc = test_ok(&t, weft_document_get(ann, kept));

    ck_assert_str_eq(test_text(doc, "step"), "answer");
    ck_assert_int_eq(fault_count(&t, ann, "note"), 1);
    test_ok(&t, fault_act(lead, kept, "approve", NULL));
}
END_TEST

TCase *disk_tests(void)
{
    TCase *tc = tcase_create("fault/disk");

    tcase_set_timeout(tc, 120);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_full_disk_loses_nothing);
    tcase_add_test(tc, a_failing_disk_loses_nothing);
    tcase_add_test(tc, on_a_full_disk_one_can_still_read);
    tcase_add_test(tc, what_was_answered_around_a_full_disk_stays);
    return tc;
}
