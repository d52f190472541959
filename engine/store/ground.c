/* store/ground.c - which tables a statement names, and what they are the
 * ground of. This table is the one place where that is written down.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/ground.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"

/* A row promises: whoever changes the table is noticed. Of one document: the
 * changes raise its count (the column `stamp`, or `changes` of a seat). Of the
 * organisation: the commit raises the generation by itself. */
/* clang-format off */
static const struct {
    const char *name;
    enum wf_ground ground;
} tables[] = {
    { "document",      WF_GROUND_DOCUMENT     },
    { "document_lane", WF_GROUND_DOCUMENT     },
    { "seat",          WF_GROUND_DOCUMENT     },
    { "person",        WF_GROUND_ORGANISATION },
    { "unit",          WF_GROUND_ORGANISATION },
    { "line",          WF_GROUND_ORGANISATION },
    { "team_member",   WF_GROUND_ORGANISATION },
    { "role_grant",    WF_GROUND_ORGANISATION },
    { "person_above",  WF_GROUND_ORGANISATION },
    { "unit_above",    WF_GROUND_ORGANISATION },
    { "company",       WF_GROUND_ORGANISATION },
    { "stage",         WF_GROUND_ORGANISATION }, /* whom a run has reached */
    { "definition",    WF_GROUND_DEFINITION   },
    { "setting",       WF_GROUND_DEFINITION   },
    { "generation",    WF_GROUND_ASKER        },
    { "session",       WF_GROUND_ASKER        },
    { "token",         WF_GROUND_ASKER        },
};
/* clang-format on */

static unsigned ground_of(struct wf_str table)
{
    for (size_t i = 0; i < WF_COUNT(tables); i++)
        if (wf_str_is(table, tables[i].name))
            return tables[i].ground;
    return WF_GROUND_OTHER;
}

/* --- Words. A table stands behind FROM, JOIN, INTO and UPDATE, and behind the
 * commas of a list that FROM began. */

struct reading {
    struct wf_str before; /* the word before */
    bool expects;         /* a table may come now */
    bool changes;         /* it is one that is changed */
    uint64_t lists;       /* bit 0: a comma is followed by another one; the
                           * next ones: so it was outside these brackets */
    unsigned reads, changed;
};

static bool is_of_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static void take_table(struct reading *r, struct wf_str table)
{
    unsigned ground = ground_of(table);

    r->reads |= ground;
    r->changed |= r->changes ? ground : 0;
    r->expects = r->changes = false;
}

static void take_word(struct reading *r, struct wf_str word)
{
    bool from = wf_str_is(word, "FROM"), into = wf_str_is(word, "INTO");
    bool update = wf_str_is(word, "UPDATE");

    if (from || into || update || wf_str_is(word, "JOIN")) {
        r->expects = true;
        r->changes = into || update || wf_str_is(r->before, "DELETE");
        r->lists = (r->lists & ~UINT64_C(1)) | from;
    } else if (wf_str_is(word, "SET")) { /* ON CONFLICT … DO UPDATE SET */
        r->expects = r->changes = false;
    } else if (r->expects) {
        take_table(r, word);
    } else if (isupper((unsigned char)word.at[0]) && !wf_str_is(word, "AS")) {
        r->lists &= ~UINT64_C(1); /* WHERE, ON, ORDER … */
    }
    r->before = word;
}

static void take_sign(struct reading *r, char c)
{
    if (isspace((unsigned char)c))
        return;
    r->expects = c == ',' && (r->lists & 1);
    if (c == '(')
        r->lists <<= 1;
    else if (c == ')')
        r->lists >>= 1;
}

static const char *skip_quoted(const char *at)
{
    const char *end = strchr(at + 1, *at);

    return end ? end + 1 : at + strlen(at);
}

void wf_ground_read(const char *sql, unsigned *reads, unsigned *changes)
{
    struct reading r = { .before = { "", 0 } };

    while (*sql) {
        if (*sql == '\'' || *sql == '"') {
            sql = skip_quoted(sql);
        } else if (is_of_word(*sql)) {
            struct wf_str word = { sql, 0 };

            while (is_of_word(sql[word.len]))
                word.len++;
            take_word(&r, word);
            sql += word.len;
        } else {
            take_sign(&r, *sql++);
        }
    }
    *reads = r.reads;
    *changes = r.changed;
}
