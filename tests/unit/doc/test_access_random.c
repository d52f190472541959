/* unit/doc/test_access_random.c - the decision for one document and the
 * condition for lists are two readings of the same rules: on random documents
 * they agree for everybody.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "doc/title.h"
#include "suite.h"
#include "support/store.h"
#include "world.h"

enum {
    N_DOCUMENTS = 60
};

static const char *const logins[] = { "ada", "ann",  "bob", "cid",
                                      "dan", "hana", "bot" };

enum {
    N_HUMANS = 6
};

/* A program is nobody of "everyone". */
static const char BOT[] =
    "INSERT INTO person (id, login, name, pinyin, initials, active, service,"
    " teams, attributes, changed)"
    " VALUES (77, 'bot', 'Bot', 'bot', 'b', 1, 1, '', '{}', 0)";

/* Grants of every kind, and conditions of every kind that access may have. */
static const char MIXED[] =
    "<form xmlns='urn:weft:1' id='mixed' label='Mixed' subject='owner'"
    " title='{kind}: {n} {part}'>"
    "<fields>"
    "<field id='owner' type='person'/>"
    "<field id='helper' type='person'/>"
    "<field id='team' type='people'/>"
    "<field id='place' type='unit'/>"
    "<field id='n' type='number'/>"
    "<field id='limit' type='number'/>"
    "<field id='flag' type='boolean'/>"
    "<field id='day' type='date'/>"
    "<field id='due' type='date'/>"
    "<field id='kind' type='choice'><option id='a'/><option id='b'/></field>"
    "<field id='part' type='text' index='true'/>"
    "<field id='secret' type='text' private='true' index='true'/>"
    "</fields>"
    "<workflow start='draft'>"
    "<step id='draft' by='owner' edit='*'><action id='go' to='next'/></step>"
    "<step id='next' by='helper' edit='n'><action id='end' to='done'/></step>"
    "<end id='done'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='owner' rights='read' when=\"step == 'draft' or n > 5\"/>"
    "<grant to='helper' rights='read' fields='n part'"
    " when='(n or 0) &lt; 3 and not flag'/>"
    "<grant to='team' rights='read' when=\"kind ~= 'a'\"/>"
    "<grant to='manager(owner)' rights='read' when='n == nil'/>"
    "<grant to='above(owner) except helper' rights='read'"
    " when='n &lt;= limit'/>"
    "<grant to='members(place)' rights='read' when=\"state == 'done'\"/>"
    "<grant to='role(hr, owner)' rights='read' fields='secret part'/>"
    "<grant to='role(hr) and owner, creator' rights='read'"
    " when=\"day > '2026-06-01' and flag\"/>"
    "<hide fields='part' from='everyone except helper' when='flag == true'/>"
    "<hide fields='part' from='above(owner)' when='n >= limit'/>"
    "<hide fields='due' from='everyone except helper' when='n > 6'/>"
    "</access></form>";

/* The same form later, with other rules: both versions are in the store. */
static const char LATER[] =
    "<form xmlns='urn:weft:1' id='mixed' label='Mixed' subject='owner'"
    " title='{kind}: {n} {part}'>"
    "<fields>"
    "<field id='owner' type='person'/>"
    "<field id='helper' type='person'/>"
    "<field id='team' type='people'/>"
    "<field id='place' type='unit'/>"
    "<field id='n' type='number'/>"
    "<field id='limit' type='number'/>"
    "<field id='flag' type='boolean'/>"
    "<field id='day' type='date'/>"
    "<field id='due' type='date'/>"
    "<field id='kind' type='choice'><option id='a'/><option id='b'/></field>"
    "<field id='part' type='text' index='true'/>"
    "<field id='secret' type='text' index='true'/>"
    "</fields>"
    "<workflow start='draft'>"
    "<step id='draft' by='owner' edit='*'><action id='go' to='done'/></step>"
    "<end id='done'/></workflow>"
    "<access><create by='everyone'/>"
    "<grant to='owner' rights='read'/>"
    "<grant to='head(place)' rights='read' when='flag'/>"
    "<grant to='peers(owner)' rights='read' fields='part'/>"
    "<grant to='everyone' rights='read' fields='kind'"
    " when=\"state == 'done'\"/>"
    "<hide fields='secret' from='owner' when='not flag'/>"
    "</access></form>";

static struct world w;
static unsigned seed;
static wf_id ids[2 * N_DOCUMENTS];

static unsigned roll(unsigned sides)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % sides;
}

static void add(struct wf_buf *text, const char *field, const char *value)
{
    if (roll(4))
        wf_buf_printf(text, "%s'%s':%s", text->len > 1 ? "," : "", field,
                      value);
}

static const char *someone(void)
{
    return wf_arena_printf(w.arena, "'%s'", logins[roll(N_HUMANS)]);
}

static const char *number(void)
{
    return wf_arena_printf(w.arena, "%u", roll(10));
}

static const char *random_data(void)
{
    struct wf_buf text = WF_BUF_INIT(w.arena);

    wf_buf_char(&text, '{');
    add(&text, "owner", someone());
    add(&text, "helper", someone());
    add(&text, "team", roll(2) ? "['bob','cid']" : "['dan']");
    add(&text, "place", roll(2) ? "'north'" : "'south'");
    add(&text, "n", number());
    add(&text, "limit", number());
    add(&text, "flag", roll(2) ? "true" : "false");
    add(&text, "day", roll(2) ? "'2026-05-01'" : "'2026-07-01'");
    add(&text, "kind", roll(2) ? "'a'" : "'b'");
    add(&text, "due", wf_arena_printf(w.arena, "'2026-06-%02u'", 1 + roll(20)));
    add(&text, "part", wf_arena_printf(w.arena, "'%u'", roll(20)));
    add(&text, "secret", "'y'");
    wf_buf_char(&text, '}');
    return wf_buf_text(&text);
}

/* As if the seat had been given by somebody who does not see it. */
static void narrow(wf_id id)
{
    static const char sql[] =
        "UPDATE seat SET unseen = ' part ' WHERE document = $1";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    ck_ok(&w, wf_stmt_begin(w.db, sql, &q, &w.err));
    wf_stmt_bind_id(&q, 1, id);
    ck_ok(&w, wf_stmt_run(&q, &w.err));
}

static void make_documents(size_t from)
{
    for (size_t i = from; i < from + N_DOCUMENTS; i++) {
        struct wf_doc *doc;

        world_as(&w, logins[roll(N_HUMANS)]);
        doc = world_make(&w, "mixed", random_data());
        if (roll(3) == 0) {
            doc->state = WF_DONE;
            doc->step = wf_form_step(doc->form, "done");
            world_save(&w, doc);
        } else if (roll(5) == 0) {
            world_seat(&w, doc, logins[roll(N_HUMANS)]);
            if (i % 2)
                narrow(doc->id);
        }
        ids[i] = doc->id;
    }
}

static void setup(void)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    world_open(&w);
    ck_ok(&w, wf_stmt_begin(w.db, BOT, &q, &w.err));
    ck_ok(&w, wf_stmt_run(&q, &w.err));
    wf_stmt_end(&q);
    seed = 7;
    world_deploy(&w, "mixed.form.xml", MIXED);
    make_documents(0);
    world_deploy(&w, "mixed.form.xml", LATER);
    make_documents(N_DOCUMENTS);
}

static void teardown(void)
{
    world_close(&w);
}

/* Whether the condition holds for the document. */
static bool asked(const char *form, const char *field, wf_id id)
{
    struct wf_query query = WF_QUERY_INIT(w.arena);
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    wf_query_add(&query, WF_SQL("SELECT 1 FROM document d WHERE d.id = "));
    wf_query_bind_int(&query, id);
    wf_query_add(&query, WF_SQL(" AND "));
    ck_ok(&w, wf_access_query(&w.call, form, field, &query, &w.err));
    ck_ok(&w, wf_query_begin(w.db, &query, &q, &w.err));
    return wf_stmt_step(&q, &w.err) == WF_FETCH_ROW;
}

static size_t n_read, n_seen; /* so that the test is about something */

static void compare(const char *login, wf_id id)
{
    struct wf_doc *doc = world_load(&w, id);
    struct wf_rights rights;
    bool reads;

    ck_ok(&w, wf_access_decide(&w.call, doc, &rights, &w.err));
    reads = (rights.rights & WF_RIGHT_READ) != 0;
    n_read += reads;
    ck_assert_msg(asked("mixed", NULL, id) == reads,
                  "%s and document %lld, version %d: %s", login, (long long)id,
                  doc->form->version, wf_json_dump(w.arena, doc->data));
    ck_assert(asked(NULL, NULL, id) == reads);
    for (const struct wf_field *f = doc->form->fields; f; f = f->next) {
        bool sees = wf_rights_see(&rights, doc->form, f);
        bool told = asked("mixed", f->path, id);

        n_seen += sees;
        /* A seat may show a private field; lists need not tell of it. */
        if (told != sees)
            ck_assert_msg(!told && rights.has_work && f->hidden_by_default,
                          "%s and %s of document %lld, version %d: %s", login,
                          f->path, (long long)id, doc->form->version,
                          wf_json_dump(w.arena, doc->data));
    }
}

START_TEST(the_decision_and_the_query_agree_for_everybody)
{
    n_read = n_seen = 0;
    for (size_t i = 0; i < WF_COUNT(logins); i++) {
        world_as(&w, logins[i]);
        for (size_t k = 0; k < 2 * N_DOCUMENTS; k++)
            compare(logins[i], ids[k]);
    }
    ck_assert_uint_gt(n_read, 100);
    ck_assert_uint_lt(n_read, 600);
    ck_assert_uint_gt(n_seen, 400);
}
END_TEST

START_TEST(titles_of_rows_are_those_of_their_documents)
{
    for (size_t i = 0; i < WF_COUNT(logins); i++) {
        struct wf_title_rows rows = { NULL, 0, 0 };
        const char *titles[2 * N_DOCUMENTS], *alone;

        world_as(&w, logins[i]);
        for (size_t k = 0; k < 2 * N_DOCUMENTS; k++) {
            struct wf_doc *doc = world_load(&w, ids[k]);

            if (asked("mixed", NULL, ids[k]))
                *WF_PUSH(w.arena, &rows) = (struct wf_title_row){
                    .document = doc->id, .form = doc->form, .title = doc->title
                };
        }
        ck_ok(&w, wf_titles_of_rows(&w.call, &rows, w.call.me, "en", titles,
                                    &w.err));
        for (size_t k = 0; k < rows.n; k++) {
            ck_ok(&w, wf_title_for(&w.call, world_load(&w, rows.at[k].document),
                                   w.call.me, "en", &alone, &w.err));
            ck_assert_str_eq(titles[k], alone);
        }
    }
}
END_TEST

START_TEST(what_is_mine_is_what_i_may_read_of_it)
{
    for (size_t i = 0; i < WF_COUNT(logins); i++) {
        const struct wf_list_query mine = { .mine = true, .limit = 200 };
        size_t n = 0;

        world_as(&w, logins[i]);
        for (size_t k = 0; k < 2 * N_DOCUMENTS; k++) {
            struct wf_doc *doc = world_load(&w, ids[k]);
            struct wf_rights rights;

            ck_ok(&w, wf_access_decide(&w.call, doc, &rights, &w.err));
            n += (rights.rights & WF_RIGHT_READ)
                 && (doc->creator == w.call.me->id
                     || (doc->subject == w.call.me->id
                         && wf_rights_see(&rights, doc->form,
                                          doc->form->subject)));
        }
        ck_assert_uint_eq(
            wf_json_len(wf_json_get(world_list(&w, &mine), "items")), n);
    }
}
END_TEST

/* All ids of a list, page by page. */
static const char *pages(struct wf_list_query query, size_t *n)
{
    struct wf_buf all = WF_BUF_INIT(w.arena);

    query.limit = 7;
    do {
        const struct wf_json *page = world_list(&w, &query);
        const struct wf_json *items = wf_json_get(page, "items");

        for (size_t i = 0; i < wf_json_len(items); i++)
            wf_buf_printf(&all, "%s ",
                          wf_json_str(wf_json_get(items->u.array.at[i], "id")));
        *n += wf_json_len(items);
        query.cursor = wf_json_str(wf_json_get(page, "next"));
    } while (query.cursor);
    return wf_buf_text(&all);
}

START_TEST(few_are_found_as_many_are_walked)
{
    static const char *const sorts[] = { "due", "-due", "part", "-updated",
                                         "subject" };
    size_t n = 0;

    for (size_t i = 0; i < WF_COUNT(logins); i++)
        for (size_t k = 0; k < 2 * WF_COUNT(sorts); k++) {
            struct wf_list_query query = { .form = "mixed",
                                           .sort = sorts[k / 2],
                                           .state = k % 2 ? "open" : NULL };
            const char *found, *walked;

            world_as(&w, logins[i]);
            if (k / 2 == 2 && wf_streq(logins[i], "bot"))
                continue; /* it sees that field nowhere */
            found = pages(query, &n);
            query.walked = true;
            walked = pages(query, &n);
            ck_assert_msg(wf_streq(found, walked), "%s by %s: %s, not %s",
                          logins[i], query.sort, found, walked);
        }
    ck_assert_uint_gt(n, 1000);
}
END_TEST

TCase *access_random_tests(void)
{
    TCase *tc = tcase_create("doc/access_random");

    tcase_set_timeout(tc, 60);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, the_decision_and_the_query_agree_for_everybody);
    tcase_add_test(tc, titles_of_rows_are_those_of_their_documents);
    tcase_add_test(tc, what_is_mine_is_what_i_may_read_of_it);
    tcase_add_test(tc, few_are_found_as_many_are_walked);
    return tc;
}
