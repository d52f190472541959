/* org/erase.c - a person who becomes a pseudonym.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/erase.h"

#include "org/signin.h"

static const char SQL_PERSON[] =
    "UPDATE person SET login = $2, name = $2, pinyin = $2, initials = '',"
    " email = NULL, title = NULL, locale = NULL, timezone = NULL, hired = NULL,"
    " teams = '', attributes = '{}', grade = NULL, password = NULL,"
    " external = NULL, gone = 1, active = 0, changed = $3 WHERE id = $1";

/* What hangs on them, and tells who they were. */
static const char SQL_TEAMS[] = "DELETE FROM team_member WHERE person = $1";
static const char SQL_ROLES[] = "DELETE FROM role_grant WHERE person = $1";
static const char SQL_IDENTITIES[] = "DELETE FROM identity WHERE person = $1";
static const char SQL_ACCOUNTS[] = "DELETE FROM chat_account WHERE person = $1";
static const char SQL_PENDING[] = "DELETE FROM pending WHERE person = $1";
static const char SQL_WISHES[] = "DELETE FROM wish WHERE person = $1";
static const char SQL_LETTERS[] = "DELETE FROM job WHERE person = $1";
static const char SQL_TOLD[] = "DELETE FROM notification WHERE person = $1";
static const char SQL_KEYS[] = "DELETE FROM idempotency WHERE person = $1";
static const char SQL_PLANNED[] =
    "DELETE FROM planned WHERE kind = 'person' AND target = $1";
static const char SQL_PAST[] =
    "DELETE FROM past WHERE kind = 'person' AND id = $1"
    " AND what IN ('title', 'grade')";

static const char *const things[] = { SQL_TEAMS,    SQL_ROLES,   SQL_IDENTITIES,
                                      SQL_ACCOUNTS, SQL_PENDING, SQL_WISHES,
                                      SQL_LETTERS,  SQL_TOLD,    SQL_KEYS,
                                      SQL_PLANNED,  SQL_PAST };

static bool run(struct wf_call *call, const char *sql, wf_id person,
                weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    return wf_stmt_run(&q, err);
}

bool wf_person_erase(struct wf_call *call, wf_id person, const char **login,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *name = wf_arena_printf(call->arena, "erased-%s",
                                       wf_random_text(call->arena, 6));

    for (size_t i = 0; i < WF_COUNT(things); i++)
        if (!run(call, things[i], person, err))
            return false;
    if (!wf_sessions_end_of(call, person, err)
        || !wf_tokens_end_of(call, person, err)
        || !wf_stmt_begin(call->db, SQL_PERSON, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    wf_stmt_bind_text(&q, 2, name);
    wf_stmt_bind_int(&q, 3, call->now);
    *login = name;
    if (!wf_stmt_run(&q, err))
        return false;
    wf_people_forget(call->people);
    return true;
}
