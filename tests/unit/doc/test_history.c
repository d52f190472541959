/* unit/doc/test_history.c - the chain of what happened: shown as its reader may
 * see it, and broken by nobody unseen.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/history.h"

#include <string.h>

#include "doc/seal.h"
#include "store/memo.h"
#include "suite.h"
#include "support/store.h"
#include "world.h"

static struct world w;
static struct wf_doc *doc;

static void add(const char *kind, const char *comment)
{
    const struct wf_event event = { .document = doc->id,
                                    .kind = kind,
                                    .step = doc->step->id,
                                    .comment = comment,
                                    .changes = wf_doc_changes(&w.call, doc) };

    ck_ok(&w, wf_history_add(&w.call, &event, &w.err));
    w.call.now += 1000;
}

static void setup(void)
{
    world_open(&w);
    world_as(&w, "bob");
    doc = world_make(&w, "review",
                     "{'name':'Hello','secret':'psst','points':95}");
    add("create", NULL);
    doc->before = wf_json_copy(w.arena, doc->data);
    world_patch(&w, doc, "{'name':'Bye','points':10}");
    add("edit", "because");
    doc->before = doc->data;
    add("submit", NULL);
}

static void teardown(void)
{
    world_close(&w);
}

static struct wf_json *list(const char *login, const char *cursor, int limit)
{
    struct wf_buf text = WF_BUF_INIT(w.arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    const struct wf_page page = { cursor, limit };
    struct wf_rights rights;

    world_as(&w, login);
    ck_ok(&w, wf_access_decide(&w.call, doc, &rights, &w.err));
    ck_ok(&w, wf_history_list(&w.call, doc, &rights, &page, &out, &w.err));
    return world_json(&w, wf_buf_text(&text));
}

static const struct wf_json *event_at(const struct wf_json *listed, size_t i)
{
    const struct wf_json *items = wf_json_get(listed, "items");

    ck_assert_uint_lt(i, wf_json_len(items));
    return items->u.array.at[i];
}

static const char *text_of(const struct wf_json *event, const char *key)
{
    return wf_json_str(wf_json_get(event, key));
}

START_TEST(events_are_told_in_order_with_who_and_why)
{
    const struct wf_json *all = list("ann", NULL, 50);
    const struct wf_json *edit = event_at(all, 1);

    ck_assert_uint_eq(wf_json_len(wf_json_get(all, "items")), 3);
    ck_assert_str_eq(text_of(event_at(all, 0), "kind"), "create");
    ck_assert_str_eq(text_of(edit, "kind"), "edit");
    ck_assert_str_eq(text_of(edit, "comment"), "because");
    ck_assert_str_eq(text_of(edit, "step"), "draft");
    ck_assert_str_eq(text_of(wf_json_get(edit, "actor"), "login"), "bob");
    ck_assert_uint_eq(strlen(text_of(edit, "hash")), 64);
    ck_assert(wf_json_is(wf_json_get(all, "next"), WF_JSON_NULL));
}
END_TEST

START_TEST(what_came_later_is_told_later_though_a_clock_is_behind)
{
    const struct wf_json *first, *second;

    w.call.now -= 3600000;
    add("approve", NULL);
    add("close", NULL);
    first = list("ann", NULL, 4);
    second = list("ann", text_of(first, "next"), 4);

    ck_assert_str_eq(text_of(event_at(first, 2), "kind"), "submit");
    ck_assert_str_eq(text_of(event_at(first, 3), "kind"), "approve");
    ck_assert_str_eq(text_of(event_at(second, 0), "kind"), "close");
}
END_TEST

/* As a build left it that did not number them. */
START_TEST(events_without_a_number_keep_their_place_by_time)
{
    const struct wf_json *all;

    test_run(w.db, "UPDATE event SET ordinal = NULL");
    test_run(w.db, "UPDATE document SET ordinal = NULL");
    add("approve", NULL);
    all = list("ann", NULL, 4);

    ck_assert_str_eq(text_of(event_at(all, 0), "kind"), "create");
    ck_assert_str_eq(text_of(event_at(all, 2), "kind"), "submit");
    ck_assert_str_eq(text_of(event_at(all, 3), "kind"), "approve");
}
END_TEST

static bool tells(const struct wf_json *event, const char *field)
{
    const struct wf_json *changes = wf_json_get(event, "changes");

    for (size_t i = 0; i < wf_json_len(changes); i++)
        if (wf_streq(text_of(changes->u.array.at[i], "field"), field))
            return true;
    return false;
}

START_TEST(changes_of_fields_that_are_not_seen_are_left_out)
{
    const struct wf_json *anns = list("ann", NULL, 50);
    const struct wf_json *bobs = list("bob", NULL, 50);

    ck_assert(tells(event_at(anns, 1), "points"));
    ck_assert(!tells(event_at(anns, 0), "secret"));
    ck_assert(tells(event_at(bobs, 1), "name"));
    ck_assert(!tells(event_at(bobs, 1), "points"));
    ck_assert(!tells(event_at(bobs, 1), "grade"));
}
END_TEST

START_TEST(people_in_changes_have_names)
{
    const struct wf_json *changes =
        wf_json_get(event_at(list("ann", NULL, 50), 0), "changes");

    ck_assert_str_eq(text_of(changes->u.array.at[0], "field"), "owner");
    ck_assert_str_eq(text_of(wf_json_get(changes->u.array.at[0], "to"), "name"),
                     "Bob");
}
END_TEST

START_TEST(pages_follow_one_another)
{
    const struct wf_json *first = list("ann", NULL, 2);
    const struct wf_json *second = list("ann", text_of(first, "next"), 2);

    ck_assert_uint_eq(wf_json_len(wf_json_get(first, "items")), 2);
    ck_assert_uint_eq(wf_json_len(wf_json_get(second, "items")), 1);
    ck_assert_str_eq(text_of(event_at(second, 0), "kind"), "submit");
    ck_assert(wf_json_is(wf_json_get(second, "next"), WF_JSON_NULL));
}
END_TEST

START_TEST(the_engines_own_acts_have_no_actor_and_a_reason)
{
    const struct wf_event event = { .document = doc->id,
                                    .kind = "skip",
                                    .reason = "repeat",
                                    .by_system = true };
    const struct wf_json *told;

    world_as(&w, "bob");
    ck_ok(&w, wf_history_add(&w.call, &event, &w.err));
    told = event_at(list("ann", NULL, 50), 3);

    ck_assert(wf_json_is(wf_json_get(told, "actor"), WF_JSON_NULL));
    ck_assert_str_eq(text_of(told, "reason"), "repeat");
}
END_TEST

START_TEST(a_change_of_a_field_is_remembered_with_its_time)
{
    const struct wf_field *name = wf_form_field(doc->form, "name");
    const struct wf_field *open = wf_form_field(doc->form, "open");
    int64_t at;

    ck_ok(&w, wf_history_last_change(&w.call, doc, &name, 1, &at, &w.err));
    ck_assert_int_eq(at, WORLD_NOW + 1000);
    ck_ok(&w, wf_history_last_change(&w.call, doc, &open, 1, &at, &w.err));
    ck_assert_int_eq(at, doc->created);
}
END_TEST

static size_t n_breaches(void)
{
    w.findings.n = w.findings.n_errors = 0;
    ck_ok(&w, wf_history_verify(&w.call, &w.err));
    return w.findings.n_errors;
}

START_TEST(a_sound_chain_holds)
{
    ck_assert_uint_eq(n_breaches(), 0);
}
END_TEST

START_TEST(an_erased_payload_leaves_the_chain_whole)
{
    test_run(w.db, "UPDATE event SET payload = NULL, salt = NULL"
                   " WHERE seq = 2");

    ck_assert_uint_eq(n_breaches(), 0);
}
END_TEST

/* clang-format off */
static const struct tampering {
    const char *sql;
    const char *seq; /* where the chain breaks */
} tamperings[] = {
    { "UPDATE event SET kind = 'approve' WHERE seq = 2", "event 2" },
    { "UPDATE event SET actor = actor + 1 WHERE seq = 2", "event 2" },
    { "UPDATE event SET actor = NULL WHERE seq = 1", "event 1" },
    { "UPDATE event SET at = at + 1 WHERE seq = 3", "event 3" },
    { "UPDATE event SET step = NULL WHERE seq = 3", "event 3" },
    { "UPDATE event SET document = 7 WHERE seq = 3", "event 3" },
    { "UPDATE event SET payload = replace(payload, 'because', 'no')",
      "event 2" },
    { "UPDATE event SET reason = 'x' WHERE seq = 1", "event 1" },
    { "DELETE FROM event WHERE seq = 2", "event 2" },
    { "DELETE FROM event WHERE seq = 3", "event 3" },
    { "DELETE FROM event", "event 1" },
    { "UPDATE event SET seq = 9 - seq WHERE seq > 1", "event 2" },
    { "UPDATE lane SET n = 2", "event 4" },
    { "UPDATE lane SET head = (SELECT hash FROM event WHERE seq = 1)", "event 4" },
    { "DELETE FROM lane", "event 1" },
    { "UPDATE event SET ordinal = 1 WHERE seq = 3", "event 3" },
    { "UPDATE event SET ordinal = ordinal + 5000 WHERE seq = 2", "event 3" },
};
/* clang-format on */

START_TEST(whatever_is_changed_behind_the_engine_shows)
{
    test_run(w.db, tamperings[_i].sql);

    ck_assert_uint_eq(n_breaches(), 1);
    ck_assert_msg(strstr(w.findings.at[0].message, tamperings[_i].seq), "%s",
                  w.findings.at[0].message);
}
END_TEST

/* --- Seals. */

static const char *seal(void)
{
    const char *text;

    ck_ok(&w, wf_seal_make(&w.call, true, &text, &w.err));
    return text;
}

/* Whether the history is the one of the seal. */
static bool is_sealed(const char *text)
{
    size_t before = w.findings.n;

    ck_ok(&w, wf_seal_verify(&w.call, text, strlen(text), &w.err));
    return w.findings.n == before;
}

START_TEST(a_seal_holds_for_what_follows_and_is_an_event_itself)
{
    const char *first = seal();

    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(seal()); /* nothing has happened since */
    add("edit", "later");
    ck_assert(is_sealed(first));
    ck_assert(is_sealed(wf_arena_printf(
        w.arena, "{\"text\":\"%s\"}\n{\"text\":\"%s\"}\n", first, seal())));
    ck_assert_uint_eq(n_breaches(), 0);
}
END_TEST

START_TEST(a_chain_made_wholly_anew_shows_against_a_seal_alone)
{
    const char *kept = seal();

    test_run(w.db, "DELETE FROM event");
    test_run(w.db, "DELETE FROM lane");
    wf_own_forget(w.db); /* as a process that comes later */
    add("create", NULL);
    add("edit", "nothing to see here");
    add("submit", NULL);
    add("seal", NULL);

    ck_assert_uint_eq(n_breaches(), 0);
    ck_assert(!is_sealed(kept));
}
END_TEST

START_TEST(a_history_that_was_cut_or_has_another_past_is_not_the_sealed_one)
{
    const char *kept = seal();
    char *other = wf_arena_str(w.arena, kept);

    other[strlen(other) - 1] = other[strlen(other) - 1] == '0' ? '1' : '0';
    ck_assert(!is_sealed(other));
    test_run(w.db, "DELETE FROM event WHERE seq >= 3");
    ck_assert(!is_sealed(kept));
}
END_TEST

START_TEST(a_file_without_a_seal_is_refused)
{
    ck_assert(!wf_seal_verify(&w.call, "weft-sealed 1:2:3", 17, &w.err));
    ck_assert_int_eq(w.err.code, WEFT_E_MALFORMED);
}
END_TEST

TCase *history_tests(void)
{
    TCase *tc = tcase_create("doc/history");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, events_are_told_in_order_with_who_and_why);
    tcase_add_test(tc, what_came_later_is_told_later_though_a_clock_is_behind);
    tcase_add_test(tc, events_without_a_number_keep_their_place_by_time);
    tcase_add_test(tc, changes_of_fields_that_are_not_seen_are_left_out);
    tcase_add_test(tc, people_in_changes_have_names);
    tcase_add_test(tc, pages_follow_one_another);
    tcase_add_test(tc, the_engines_own_acts_have_no_actor_and_a_reason);
    tcase_add_test(tc, a_change_of_a_field_is_remembered_with_its_time);
    tcase_add_test(tc, a_sound_chain_holds);
    tcase_add_test(tc, an_erased_payload_leaves_the_chain_whole);
    tcase_add_loop_test(tc, whatever_is_changed_behind_the_engine_shows, 0,
                        (int)WF_COUNT(tamperings));
    tcase_add_test(tc, a_seal_holds_for_what_follows_and_is_an_event_itself);
    tcase_add_test(tc, a_chain_made_wholly_anew_shows_against_a_seal_alone);
    tcase_add_test(
        tc, a_history_that_was_cut_or_has_another_past_is_not_the_sealed_one);
    tcase_add_test(tc, a_file_without_a_seal_is_refused);
    return tc;
}
