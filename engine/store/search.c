/* store/search.c - the entries of full text, and the condition that finds
 * them.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/search.h"

#include "base/str.h"
#include "store/driver.h"

bool wf_search_set(struct wf_db *db, int64_t document, const char *field,
                   const char *tokens, weft_error *err)
{
    return wf_str_empty(tokens)
               ? db->driver->search_remove(db, document, field, err)
               : db->driver->search_set(db, document, field, tokens, err);
}

bool wf_search_remove(struct wf_db *db, int64_t document, weft_error *err)
{
    return db->driver->search_remove(db, document, NULL, err);
}

bool wf_search_forget(struct wf_db *db, bool begun, bool *more, weft_error *err)
{
    *more = false;
    return !db->driver->search_forget
           || db->driver->search_forget(db, begun, more, err);
}

void wf_search_match(const struct wf_db *db, struct wf_query *query,
                     const char *tokens)
{
    wf_query_add(query, db->driver->search);
    wf_query_bind_text(query, db->driver->search_for(query->arena, tokens));
    wf_query_add(query, WF_SQL(")"));
}
