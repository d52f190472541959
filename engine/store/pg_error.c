/* store/pg_error.c - what PostgreSQL says went wrong, as the engine's kinds of
 * error.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/pg.h"

#include <string.h>

#include "base/error.h"
#include "base/str.h"

/* What a class of SQLSTATE, or a single one, comes to. */
enum meaning {
    CLASH,    /* the whole may be run again */
    TAKEN,    /* the same, as somebody else may have been first */
    DANGLING, /* a foreign key */
    LATE,     /* broken off */
    FULL,
    LARGE,
    UNREADABLE, /* bytes that are no text */
    GONE,       /* the connection is of no use any more */
    MISTAKE,
};

/* The first that fits: single ones stand before their class. */
/* clang-format off */
static const struct {
    const char *state;
    enum meaning meaning;
} meanings[] = {
    { "40", CLASH }, { "23505", TAKEN }, { "23503", DANGLING },
    { "55P03", LATE }, { "57014", LATE }, { "25P03", GONE },
    { "25006", GONE }, /* a replica: the writer is elsewhere by now */
    { "53100", FULL }, { "53", GONE }, { "54", LARGE }, { "57", GONE },
    { "22021", UNREADABLE },
    { "58", GONE }, { "08", GONE }, { "XX", GONE },
};
/* clang-format on */

static enum meaning meaning_of(const char *state)
{
    for (size_t i = 0; i < WF_COUNT(meanings); i++) {
        if (wf_str_starts(state, meanings[i].state))
            return meanings[i].meaning;
    }
    return MISTAKE;
}

static bool fail_for_a_moment(weft_error *err)
{
    err->retry_after_s = 1;
    return false;
}

/* The server's first line, without "ERROR:". */
static const char *reason_of(const char *said, char reason[200])
{
    const char *text = said ? said : "";
    size_t len;

    if (wf_str_starts(text, "ERROR:") || wf_str_starts(text, "FATAL:"))
        text += sizeof "ERROR:" - 1;
    text += strspn(text, " ");
    len = strcspn(text, "\n");
    if (len >= 200)
        len = 199;
    memcpy(reason, text, len);
    reason[len] = '\0';
    return reason;
}

bool wf_pg_lose(struct wf_db *db, weft_error *err)
{
    const struct wf_pg *pg = db->raw;

    db->broken = true;
    if (pg->committing) {
        wf_fail(err, WEFT_E_BUSY,
                "The database went away while this was being saved. Look "
                "whether it is there before you repeat it.");
    } else {
        db->clashed = true;
        wf_fail(err, WEFT_E_BUSY,
                "The database is not there at the moment. Try again.");
    }
    return fail_for_a_moment(err);
}

static bool fail_clash(struct wf_db *db, weft_error *err)
{
    db->clashed = true;
    wf_fail(err, WEFT_E_BUSY,
            "Others are changing the same at the moment. Try again.");
    return fail_for_a_moment(err);
}

bool wf_pg_fail(struct wf_db *db, const PGresult *result, weft_error *err)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    char reason[200];

    if (!state)
        return wf_pg_lose(db, err);
    reason_of(PQresultErrorMessage(result), reason);
    switch (meaning_of(state)) {
    case CLASH:
        return fail_clash(db, err);
    case TAKEN:
        db->clashed = true;
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This clashes with what is stored already. Load it "
                       "again and repeat the change.");
    case DANGLING:
        return wf_fail(err, WEFT_E_CONFLICT,
                       "This refers to something that is not stored, or is "
                       "still referred to. Load it again.");
    case LATE:
        wf_fail(err, WEFT_E_BUSY,
                "The query took too long and was broken off. Ask for less, or "
                "try again.");
        return fail_for_a_moment(err);
    case FULL:
        return wf_fail(err, WEFT_E_FULL,
                       "The disk of the store is full. Nothing was changed; "
                       "make room and try again.");
    case LARGE:
        return wf_fail(err, WEFT_E_TOO_LARGE,
                       "A value is too large for the store.");
    case UNREADABLE:
        return wf_fail(err, WEFT_E_MALFORMED,
                       "A text is not UTF-8 (%s). Send it in UTF-8.", reason);
    case GONE:
        wf_log(db->store->options.log, WF_LOG_ERROR, "database", "%s: %s",
               state, reason);
        return wf_pg_lose(db, err);
    default:
        return wf_fail(err, WEFT_E_INTERNAL,
                       "The store did not understand a query (%s). This is a "
                       "mistake in Weft; please report it.",
                       reason);
    }
}
