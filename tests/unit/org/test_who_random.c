/* unit/org/test_who_random.c - the two readings of "who" against each other,
 * on random organisations, documents and words; and the plans of the second.
 *
 * For every person and document three answers must be one: whether the person
 * is in the list, whether they are included, whether the query of what they
 * may see finds the document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "def/form.h"
#include "org/who.h"

enum {
    ORGANISATIONS = 60,
    EXPRESSIONS = 6, /* for each of them */
    PEOPLE = 9,
    UNITS = 5,
    DOCUMENTS = 5,
    FIRST_UNIT = 100,
    FIRST_DOCUMENT = 200
};

static struct org org;
static uint64_t seed;

static struct wf_field rows = { .id = "rows", .path = "rows" };
static struct wf_field fields[] = {
    { .id = "reviewer", .path = "reviewer", .type = WF_F_PERSON },
    { .id = "helpers", .path = "helpers", .type = WF_F_PEOPLE },
    { .id = "who", .path = "rows.who", .type = WF_F_PERSON, .items = &rows },
    { .id = "dept", .path = "dept", .type = WF_F_UNIT },
    { .id = "project", .path = "project", .type = WF_F_TEXT },
};
static const struct wf_form form = { .id = "sheet" };

static struct wf_who_doc docs[DOCUMENTS];

static void setup(void)
{
    org_begin(&org);
}

static void teardown(void)
{
    org_end(&org);
}

/* --- Chance: xorshift, so that a seed is one case for ever. */

static unsigned roll(unsigned sides)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)(seed >> 33) % sides;
}

/* One of `n` ids from `first` on, or now and then 0. */
static wf_id some(wf_id first, unsigned n)
{
    return roll(5) ? first + roll(n) : 0;
}

/* --- A random organisation with its documents. */

static void make_ties(void)
{
    static const char LINE[] =
        "INSERT INTO line (person, above, kind, since, until)"
        " VALUES ($1, $2, 'dotted', '', $3) ON CONFLICT DO NOTHING";
    static const char TEAM[] =
        "INSERT INTO team_member (team, person) VALUES ($3, $1)"
        " ON CONFLICT DO NOTHING";
    static const char *const names[] = { "x", "y" };

    for (int i = 0; i < PEOPLE; i++) {
        org_run(&org, LINE, 1 + roll(PEOPLE), 1 + roll(PEOPLE),
                roll(4) ? "9999-12-31" : "2026-01-01");
        org_run(&org, TEAM, 1 + roll(PEOPLE), 0, names[roll(2)]);
        if (roll(2))
            org_role(&org, names[roll(2)], 1 + roll(PEOPLE),
                     some(FIRST_UNIT, UNITS));
    }
}

static void make_organisation(void)
{
    for (unsigned i = 0; i < UNITS; i++) {
        char key[8];

        snprintf(key, sizeof key, "u%u", i);
        org_unit(&org, FIRST_UNIT + i, key, i ? some(FIRST_UNIT, i) : 0,
                 some(1, PEOPLE));
    }
    for (unsigned i = 0; i < PEOPLE; i++) {
        char login[8];

        snprintf(login, sizeof login, "p%u", i);
        org_person(&org, 1 + i, login, i ? some(1, i) : 0,
                   some(FIRST_UNIT, UNITS));
    }
    org_run(&org, "UPDATE person SET active = 0 WHERE id IN ($1, $2, $3)",
            some(1, PEOPLE), some(1, PEOPLE), NULL);
    make_ties();
    org_close(&org);
}

/* Sets one value of a document, in its data and its index. */
static void put(struct wf_who_doc *doc, const struct wf_field *field, int row,
                const char *text)
{
    static const char SQL[] =
        "INSERT INTO field_index (document, form, field, row, text)"
        " VALUES ($1, 'sheet', $4, $2, $3)";
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    ORG_OK(&org, wf_stmt_begin(org.db, SQL, &q, &org.err));
    wf_stmt_bind_int(&q, 1, doc->id);
    wf_stmt_bind_int(&q, 2, row);
    wf_stmt_bind_text(&q, 3, text);
    wf_stmt_bind_text(&q, 4, field->path);
    ORG_OK(&org, wf_stmt_run(&q, &org.err));
}

static const char *person_text(void)
{
    return wf_arena_printf(org.arena, "%u", 1 + roll(PEOPLE));
}

static struct wf_json *make_data(struct wf_who_doc *doc)
{
    struct wf_arena *arena = org.arena;
    struct wf_json *data = wf_json_object(arena);
    struct wf_json *helpers = wf_json_array(arena);
    struct wf_json *table = wf_json_array(arena);
    const char *dept = wf_arena_printf(arena, "u%u", roll(UNITS));
    const char *project = roll(2) ? "x" : "y";
    const char *reviewer = person_text();

    for (int row = 1; row <= 2; row++) {
        struct wf_json *line = wf_json_object(arena);
        const char *helper = person_text();
        const char *who = person_text();

        put(doc, &fields[1], row, helper);
        put(doc, &fields[2], row, who);
        wf_json_push(arena, helpers, wf_json_text(arena, helper));
        wf_json_set(arena, line, "who", wf_json_text(arena, who));
        wf_json_push(arena, table, line);
    }
    put(doc, &fields[0], 0, reviewer);
    put(doc, &fields[3], 0, dept);
    put(doc, &fields[4], 0, project);
    wf_json_set(arena, data, "reviewer", wf_json_text(arena, reviewer));
    wf_json_set(arena, data, "helpers", helpers);
    wf_json_set(arena, data, "rows", table);
    wf_json_set(arena, data, "dept", wf_json_text(arena, dept));
    wf_json_set(arena, data, "project", wf_json_text(arena, project));
    return data;
}

static void make_documents(void)
{
    static const char DOCUMENT[] =
        "INSERT INTO document (id, form, family, version, title, step, state,"
        " subject, creator, revision, walk, flow, created, updated, data)"
        " VALUES ($1, $4, $4, 1, '', 's', 'open', $2, $3, 1, 1, '', 0, 0, '')";
    static const char SEAT[] =
        "INSERT INTO seat (id, document, form, step, walk, place, person,"
        " source, state, made)"
        " VALUES ($1, $1, $3, 's', 1, 1, $2, 'rule', 'open', 0)";

    for (int i = 0; i < DOCUMENTS; i++) {
        struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
        struct wf_who_doc *doc = &docs[i];

        doc->id = FIRST_DOCUMENT + i;
        doc->form = &form;
        doc->subject = some(1, PEOPLE);
        doc->creator = some(1, PEOPLE);
        ORG_OK(&org, wf_stmt_begin(org.db, DOCUMENT, &q, &org.err));
        wf_stmt_bind_int(&q, 1, doc->id);
        wf_stmt_bind_id(&q, 2, doc->subject);
        wf_stmt_bind_id(&q, 3, doc->creator);
        wf_stmt_bind_text(&q, 4, form.id);
        ORG_OK(&org, wf_stmt_run(&q, &org.err));
        doc->data = roll(4) ? make_data(doc) : NULL;
        if (roll(2))
            org_run(&org, SEAT, doc->id, 1 + roll(PEOPLE), form.id);
    }
}

/* --- Random words. */

static const struct wf_who *any_person(int depth);

static const struct wf_who *any_unit(int depth)
{
    struct wf_who *who = WF_NEW(org.arena, struct wf_who);

    switch (roll(3)) {
    case 0:
        who->kind = WF_WHO_UNIT_OF;
        who->arg = any_person(depth - 1);
        break;
    case 1:
        who->kind = WF_WHO_UNIT_FIELD;
        who->field = &fields[3];
        break;
    default:
        who->kind = WF_WHO_UNIT_KEY;
        who->name = roll(2) ? "u1" : "u0";
        break;
    }
    return who;
}

/* What a word needs besides its kind. */
static void fill(struct wf_who *who, int depth)
{
    who->n = 1 + (int)roll(3);
    who->name = roll(2) ? "x" : "y";
    switch (who->kind) {
    case WF_WHO_FIELD:
        who->field = &fields[roll(3)];
        break;
    case WF_WHO_PERSON:
        who->name = roll(2) ? "p1" : "3";
        break;
    case WF_WHO_TEAM:
        who->field = roll(2) ? &fields[4] : NULL;
        break;
    case WF_WHO_HEAD:
    case WF_WHO_HEADS:
    case WF_WHO_MEMBERS:
        who->arg = any_unit(depth);
        break;
    case WF_WHO_ROLE:
        if (roll(3))
            who->arg = roll(2) ? any_unit(depth) : any_person(depth - 1);
        break;
    case WF_WHO_MANAGER:
    case WF_WHO_MANAGERS:
    case WF_WHO_ABOVE:
    case WF_WHO_REPORTS:
    case WF_WHO_BELOW:
    case WF_WHO_DOTTED:
    case WF_WHO_PEERS:
        who->arg = any_person(depth - 1);
        break;
    default:
        break;
    }
}

/* A word that stands for people; at depth 0 one without an argument. */
static const struct wf_who *any_person(int depth)
{
    static const enum wf_who_kind leaves[] = {
        WF_WHO_OWNER, WF_WHO_CREATOR,      WF_WHO_ME,     WF_WHO_FIELD,
        WF_WHO_OWNER, WF_WHO_PARTICIPANTS, WF_WHO_PERSON, WF_WHO_EVERYONE,
    };
    static const enum wf_who_kind words[] = {
        WF_WHO_MANAGER, WF_WHO_MANAGERS, WF_WHO_ABOVE, WF_WHO_REPORTS,
        WF_WHO_BELOW,   WF_WHO_DOTTED,   WF_WHO_TEAM,  WF_WHO_PEERS,
        WF_WHO_HEAD,    WF_WHO_MEMBERS,  WF_WHO_ROLE,  WF_WHO_HEADS,
    };
    struct wf_who *who = WF_NEW(org.arena, struct wf_who);

    who->kind = depth > 0 && roll(4) ? words[roll(WF_COUNT(words))]
                                     : leaves[roll(WF_COUNT(leaves))];
    fill(who, depth);
    return who;
}

static const struct wf_who *any_people(int depth)
{
    static const enum wf_who_kind operators[] = { WF_WHO_AND, WF_WHO_OR,
                                                  WF_WHO_EXCEPT };
    struct wf_who *who;

    if (!depth || !roll(3))
        return any_person(2);
    who = WF_NEW(org.arena, struct wf_who);
    who->kind = operators[roll(3)];
    who->left = any_people(depth - 1);
    who->right = any_people(depth - 1);
    return who;
}

/* --- The three answers. */

static bool is_listed(const struct wf_who_context *context,
                      const struct wf_who *who, wf_id person)
{
    struct wf_who_list list = { 0 };
    bool found = false;

    ORG_OK(&org, wf_who_people(context, who, &list, &org.err));
    for (size_t i = 0; i < list.n; i++) {
        ck_assert(!found || list.at[i] != person);
        found = found || list.at[i] == person;
    }
    return found;
}

static bool is_included(const struct wf_who_context *context,
                        const struct wf_who *who, wf_id person)
{
    bool among = false;

    ORG_OK(&org, wf_who_includes(context, who, person, &among, &org.err));
    return among;
}

/* The documents that a query finds, a bit each. */
static unsigned found_by(const struct wf_query *query)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    unsigned found = 0;

    ORG_OK(&org, wf_query_begin(org.db, query, &q, &org.err));
    while (wf_stmt_step(&q, &org.err) == WF_FETCH_ROW)
        if (wf_stmt_int(&q, 0) >= FIRST_DOCUMENT)
            found |= 1U << (wf_stmt_int(&q, 0) - FIRST_DOCUMENT);
    ORG_OK(&org, org.err.code == WEFT_OK);
    return found;
}

static unsigned found_documents(const struct wf_who *who, enum wf_who_way way)
{
    struct wf_query query = WF_QUERY_INIT(org.arena);

    wf_query_add(&query, WF_SQL("SELECT d.id FROM document d WHERE "));
    ORG_OK(&org, wf_who_query(&org.call, who, &form, way, &query, &org.err));
    return found_by(&query);
}

/* Where to look for them: all of them, and perhaps more. */
static unsigned candidates(const struct wf_who *who, bool *all)
{
    struct wf_query query = WF_QUERY_INIT(org.arena);
    enum wf_who_reach reach;

    wf_query_add(&query, WF_SQL("SELECT 0"));
    ORG_OK(&org, wf_who_find(&org.call, who, &form, &query, &reach, &org.err));
    *all = reach == WF_WHO_REACHES_ALL;
    return *all ? ~0U : found_by(&query);
}

static int n_found; /* of people and words: where to look is not everywhere */

static void compare(const struct wf_who *who, uint64_t start)
{
    struct wf_who_context context = { .call = &org.call };
    struct wf_buf text = WF_BUF_INIT(org.arena);

    wf_who_write(&text, who);
    for (wf_id id = 1; id <= PEOPLE; id++) {
        unsigned found;
        bool all;

        ORG_OK(&org, wf_person_find(&org.call, id, &org.call.me, &org.err));
        found = found_documents(who, WF_WHO_BY_SETS);
        ck_assert_msg(found == found_documents(who, WF_WHO_BY_ROW)
                          && (found & ~candidates(who, &all)) == 0,
                      "seed %llu: %s: person %lld: %x, %x, among %x",
                      (unsigned long long)start, wf_buf_text(&text),
                      (long long)id, found, found_documents(who, WF_WHO_BY_ROW),
                      candidates(who, &all));
        n_found += !all;
        for (int i = 0; i < DOCUMENTS; i++) {
            bool in_query = (found >> i) & 1;

            context.doc = &docs[i];
            ck_assert_msg(is_listed(&context, who, id) == in_query
                              && is_included(&context, who, id) == in_query,
                          "seed %llu: %s: person %lld, document %lld: the "
                          "query says %d",
                          (unsigned long long)start, wf_buf_text(&text),
                          (long long)id, (long long)docs[i].id, in_query);
        }
    }
}

START_TEST(both_readings_agree_on_random_organisations)
{
    seed = UINT64_C(0x5eed0000) + (uint64_t)_i * 7919 + 1;
    uint64_t start = seed;

    make_organisation();
    make_documents();

    for (int i = 0; i < EXPRESSIONS; i++)
        compare(any_people(2), start);
    ck_assert_int_gt(n_found, 0);
}
END_TEST

/* --- Plans. */

static const char *plan_of(const struct wf_who *who, enum wf_who_way way)
{
    struct wf_query query = WF_QUERY_INIT(org.arena);
    const char *plan = NULL;

    wf_query_add(&query, WF_SQL("SELECT d.id FROM document d"
                                " WHERE d.id = 1 AND "));
    ORG_OK(&org, wf_who_query(&org.call, who, &form, way, &query, &org.err));
    ORG_OK(&org, wf_db_plan(org.db, wf_buf_text(&query.sql), org.arena, &plan,
                            &org.err));
    return plan;
}

START_TEST(no_query_of_a_word_scans_a_table)
{
    seed = 42;
    make_organisation();
    ORG_OK(&org, wf_person_find(&org.call, 1, &org.call.me, &org.err));

    for (int kind = WF_WHO_OWNER; kind <= WF_WHO_ROLE; kind++) {
        for (int i = 0; i < 8; i++) {
            struct wf_who who = { .kind = (enum wf_who_kind)kind };
            const char *plan;

            fill(&who, 2);
            for (int way = WF_WHO_BY_SETS; way <= WF_WHO_BY_ROW; way++) {
                plan = plan_of(&who, (enum wf_who_way)way);
                ck_assert_msg(!strstr(plan, "SCAN"), "word %d: %s", kind, plan);
            }
        }
    }
}
END_TEST

TCase *who_random_tests(void)
{
    TCase *tc = tcase_create("org/who_random");

    printf("org/who_random: seeds %u to %u\n", 0x5eed0001,
           0x5eed0001 + (ORGANISATIONS - 1) * 7919);
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_loop_test(tc, both_readings_agree_on_random_organisations, 0,
                        ORGANISATIONS);
    tcase_add_test(tc, no_query_of_a_word_scans_a_table);
    return tc;
}
