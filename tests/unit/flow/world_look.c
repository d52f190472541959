/* unit/flow/world_look.c - what the people of a world find: in their inbox, in
 * lists, in a document.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "doc/list.h"
#include "world_turn.h"

static const struct wf_json *inbox(struct world *w, const char *login,
                                   const char *due)
{
    struct wf_work_query query = { .limit = 50, .due = due };
    struct wf_buf text = WF_BUF_INIT(w->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    struct turn t;

    world_turn_begin(&t, w, login);
    WORLD_OK(w, wf_work_list(&t.flow, &query, &out, &w->err));
    wf_flow_end(&t.flow);
    return wf_json_get(world_parse(w, wf_buf_text(&text)), "items");
}

size_t world_inbox(struct world *w, const char *login)
{
    return wf_json_len(inbox(w, login, NULL));
}

size_t world_inbox_due(struct world *w, const char *login, const char *due)
{
    return wf_json_len(inbox(w, login, due));
}

int64_t world_inbox_cost(struct world *w, const char *login)
{
    int64_t before = wf_db_statements(w->db);

    (void)inbox(w, login, NULL);
    return wf_db_statements(w->db) - before;
}

/* Of the last item. */
static const struct wf_json *document(struct world *w, const char *login)
{
    const struct wf_json *items = inbox(w, login, NULL);
    size_t n = wf_json_len(items);

    return n > 0 ? wf_json_get(items->u.array.at[n - 1], "document") : NULL;
}

const char *world_task_title(struct world *w, const char *login)
{
    return wf_json_str(wf_json_get(document(w, login), "title"));
}

wf_id world_task(struct world *w, const char *login)
{
    const struct wf_json *found = document(w, login);
    wf_id id = 0;

    if (found)
        ck_assert(
            wf_id_parse(wf_str_of(wf_json_str(wf_json_get(found, "id"))), &id));
    return id;
}

bool world_sees(struct world *w, const char *login)
{
    struct wf_rights rights;
    struct wf_doc *doc;
    struct turn t;
    bool sees;

    world_turn_begin(&t, w, login);
    sees = wf_doc_open(&t.call, w->doc, &doc, &rights, &w->err);
    wf_flow_end(&t.flow);
    ck_assert(sees || w->err.code == WEFT_E_NOTFOUND);
    return sees;
}

size_t world_list(struct world *w, const char *login, const char *form)
{
    struct wf_list_query query = { .form = form, .limit = 50, .count = true };
    struct wf_buf text = WF_BUF_INIT(w->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    const struct wf_json *list;
    struct turn t;

    world_turn_begin(&t, w, login);
    WORLD_OK(w, wf_list_documents(&t.call, &query, &out, &w->err));
    wf_flow_end(&t.flow);
    list = world_parse(w, wf_buf_text(&text));
    ck_assert_uint_eq(wf_json_len(wf_json_get(list, "items")),
                      (size_t)wf_json_num(wf_json_get(list, "total"), -1));
    return wf_json_len(wf_json_get(list, "items"));
}

const char *world_view(struct world *w, const char *login)
{
    struct wf_buf text = WF_BUF_INIT(w->arena);
    struct wf_json_writer out = WF_JSON_WRITER_INIT(&text);
    struct wf_can can = { .n_actions = 0 };
    struct wf_rights rights;
    struct wf_doc *doc;
    struct turn t;

    world_turn_begin(&t, w, login);
    WORLD_OK(w, wf_doc_open(&t.call, w->doc, &doc, &rights, &w->err));
    WORLD_OK(w, wf_view_doc(&t.call, doc, &rights, &can, &out, &w->err));
    wf_flow_end(&t.flow);
    return wf_buf_text(&text);
}

void world_turn_to(struct world *w, size_t n)
{
    static const char sql[] =
        "SELECT id FROM document WHERE state = 'open' AND id NOT IN"
        " (SELECT document FROM veil) ORDER BY id";
    WF_LIST(wf_id) open = { NULL, 0, 0 };
    struct wf_stmt q = WF_STMT_INIT;

    WORLD_OK(w, wf_stmt_begin(w->db, sql, &q, &w->err));
    while (wf_stmt_step(&q, &w->err) == WF_FETCH_ROW)
        *WF_PUSH(w->arena, &open) = wf_stmt_int(&q, 0);
    wf_stmt_end(&q);
    if (open.n > 0)
        w->doc = open.at[n % open.n];
}
