/* unit/org/fixture.c - a call on a fresh store, and people put straight into
 * its tables.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "fixture.h"

#include <string.h>

static const char SQL_PERSON[] =
    "INSERT INTO person (id, login, name, pinyin, initials, manager, unit,"
    " active, teams, attributes, changed)"
    " VALUES ($1, $4, $4, $4, $4, $2, $3, 1, '', '{}', 0)";

static const char SQL_UNIT[] =
    "INSERT INTO unit (id, key, name, pinyin, parent, head)"
    " VALUES ($1, $4, $4, $4, $2, $3)";

static const char SQL_ROLE[] =
    "INSERT INTO role_grant (role, person, unit, unit_key)"
    " VALUES ($3, $1, $2, coalesce(CAST($2 AS BIGINT), 0)) ON CONFLICT DO "
    "NOTHING";

static const char SQL_CLOSE_PEOPLE[] =
    "WITH RECURSIVE up (person, above, distance) AS ("
    " SELECT id, id, 0 FROM person UNION ALL"
    " SELECT up.person, p.manager, up.distance + 1"
    " FROM up JOIN person p ON p.id = up.above WHERE p.manager IS NOT NULL)"
    " INSERT INTO person_above SELECT person, above, distance FROM up";

static const char SQL_CLOSE_UNITS[] =
    "WITH RECURSIVE up (unit, above, distance) AS ("
    " SELECT id, id, 0 FROM unit UNION ALL"
    " SELECT up.unit, u.parent, up.distance + 1"
    " FROM up JOIN unit u ON u.id = up.above WHERE u.parent IS NOT NULL)"
    " INSERT INTO unit_above SELECT unit, above, distance FROM up";

void org_begin(struct org *org)
{
    memset(org, 0, sizeof *org);
    org->arena = wf_arena_new();
    org->store = test_store_memory();
    org->db = wf_store_writer(org->store);
    org->now = INT64_C(1791766800000);
    org->clock = wf_clock_fixed(&org->now);
    org->ids = wf_ids_new(&org->clock, 1);
    org->units = 1000000;
    org->call = (struct wf_call){ .arena = org->arena,
                                  .db = org->db,
                                  .ids = org->ids,
                                  .now = org->now,
                                  .lang = "en",
                                  .findings = &org->findings,
                                  .units = &org->units };
    org_forget(org);
    ORG_OK(org, wf_db_begin(org->db, &org->err));
}

void org_end(struct org *org)
{
    wf_db_rollback(org->db);
    wf_ids_free(org->ids);
    wf_store_close(org->store);
    wf_arena_free(org->arena);
}

void org_keep(struct org *org)
{
    ORG_OK(org, wf_db_commit(org->db, &org->err));
    ORG_OK(org, wf_db_begin(org->db, &org->err));
}

void org_ask(struct org *org, struct wf_directory *directory,
             struct org_question *question)
{
    *question =
        (struct org_question){ .reader = WF_READER_INIT, .call = org->call };
    ORG_OK(org, wf_reader_begin(org->store, 0, &question->reader, &org->err));
    question->call.db = question->reader.db;
    ORG_OK(org, wf_roster_join(directory, question->call.db, &question->roster,
                               &org->err));
    question->call.people = wf_people_new(org->arena, question->roster);
}

void org_answered(struct org_question *question)
{
    wf_roster_leave(&question->roster);
    wf_reader_end(&question->reader);
}

void org_forget(struct org *org)
{
    org->call.people = wf_people_new(org->arena, NULL);
    org->findings = (struct wf_diags)WF_DIAGS_INIT(org->arena, "en");
    org->err = (weft_error)WEFT_ERROR_INIT;
}

/* Binds ids from $1 on, then the text. */
static void insert(struct org *org, const char *sql, const wf_id *ids, int n,
                   const char *text)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    ORG_OK(org, wf_stmt_begin(org->db, sql, &q, &org->err));
    for (int i = 0; i < n; i++)
        wf_stmt_bind_id(&q, i + 1, ids[i]);
    wf_stmt_bind_text(&q, n + 1, text);
    ORG_OK(org, wf_stmt_run(&q, &org->err));
}

void org_run(struct org *org, const char *sql, wf_id a, wf_id b,
             const char *text)
{
    const wf_id ids[] = { a, b };

    insert(org, sql, ids, 2, text);
}

void org_person(struct org *org, wf_id id, const char *login, wf_id manager,
                wf_id unit)
{
    const wf_id ids[] = { id, manager, unit };

    insert(org, SQL_PERSON, ids, 3, login);
}

void org_unit(struct org *org, wf_id id, const char *key, wf_id parent,
              wf_id head)
{
    const wf_id ids[] = { id, parent, head };

    insert(org, SQL_UNIT, ids, 3, key);
}

void org_role(struct org *org, const char *role, wf_id person, wf_id unit)
{
    org_run(org, SQL_ROLE, person, unit, role);
}

void org_close(struct org *org)
{
    test_run(org->db, "DELETE FROM person_above");
    test_run(org->db, "DELETE FROM unit_above");
    test_run(org->db, SQL_CLOSE_PEOPLE);
    test_run(org->db, SQL_CLOSE_UNITS);
}
