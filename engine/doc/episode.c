/* doc/episode.c - the table `alert_episode`: which level was lit, from when to
 * when, and whether it has told.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/watch.h"

static const char SQL_BEGIN[] =
    "INSERT INTO alert_episode (id, kind, name, level, colour, episode,"
    " document, subject, value, begun, noticed, told)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0)";
static const char SQL_TOLD_BEFORE[] =
    "SELECT 1 FROM alert_episode WHERE kind = $1 AND name = $2"
    " AND episode = $3 AND level = $4 AND id >= $3 LIMIT 1";
static const char SQL_TOLD[] =
    "UPDATE alert_episode SET told = $2 WHERE id = $1";
static const char SQL_END[] =
    "UPDATE alert_episode SET ended = $3 WHERE document = $1 AND name = $2"
    " AND kind = 'alert' AND ended IS NULL RETURNING episode";

static const char SQL_END_ROW[] =
    "UPDATE alert_episode SET ended = $2 WHERE id = $1 AND ended IS NULL";

enum {
    TOLD_MAX = 200 /* of a document */
};

static const char SQL_OF_DOCUMENT[] =
    "SELECT name, level, colour, begun, ended, told FROM alert_episode"
    " WHERE document = $1 AND kind = 'alert' ORDER BY begun DESC, id DESC"
    " LIMIT $2";

static bool has_told(struct wf_call *call, const struct wf_episode *episode,
                     wf_id before, bool *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_TOLD_BEFORE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, episode->kind);
    wf_stmt_bind_text(&q, 2, episode->name);
    wf_stmt_bind_int(&q, 3, before);
    wf_stmt_bind_text(&q, 4, episode->level);
    got = wf_stmt_step(&q, err);
    *out = got == WF_FETCH_ROW;
    return got != WF_FETCH_ERROR;
}

bool wf_episode_begin(struct wf_call *call, const struct wf_episode *episode,
                      wf_id before, wf_id *row, bool *tell, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    bool told = false;

    if (before && !has_told(call, episode, before, &told, err))
        return false;
    *tell = !told;
    *row = wf_id_next(call->ids);
    if (!wf_stmt_begin(call->db, SQL_BEGIN, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, *row);
    wf_stmt_bind_text(&q, 2, episode->kind);
    wf_stmt_bind_text(&q, 3, episode->name);
    wf_stmt_bind_text(&q, 4, episode->level);
    wf_stmt_bind_text(&q, 5, episode->colour);
    wf_stmt_bind_id(&q, 6, before ? before : *row);
    wf_stmt_bind_id(&q, 7, episode->document);
    wf_stmt_bind_text(&q, 8, episode->subject);
    if (episode->has_value)
        wf_stmt_bind_real(&q, 9, episode->value);
    else
        wf_stmt_bind_null(&q, 9);
    wf_stmt_bind_int(&q, 10, episode->begun);
    wf_stmt_bind_int(&q, 11, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_episode_told(struct wf_call *call, wf_id row, size_t n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_TOLD, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, row);
    wf_stmt_bind_int(&q, 2, (int64_t)n);
    return wf_stmt_run(&q, err);
}

bool wf_episode_end_row(struct wf_call *call, wf_id row, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_END_ROW, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, row);
    wf_stmt_bind_int(&q, 2, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_episode_end(struct wf_call *call, const char *alert, wf_id document,
                    wf_id *episode, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *episode = 0;
    if (!wf_stmt_begin(call->db, SQL_END, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, document);
    wf_stmt_bind_text(&q, 2, alert);
    wf_stmt_bind_int(&q, 3, call->now);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *episode = wf_stmt_int(&q, 0);
    return got == WF_FETCH_DONE;
}

/* --- Telling */

static const struct wf_alert *alert_of(struct wf_call *call,
                                       const struct wf_doc *doc, const char *id)
{
    const struct wf_alert *alert;
    size_t cursor = 0;

    do
        alert = wf_registry_alert(call->registry, doc->form->family, &cursor);
    while (alert && !wf_streq(alert->head.id, id));
    return alert;
}

static const struct wf_alert_level *level_of(const struct wf_alert *alert,
                                             const char *id)
{
    const struct wf_alert_level *level = alert ? alert->levels : NULL;

    while (level && !wf_streq(level->id, id))
        level = level->next;
    return level;
}

/* A level says something of all that it looks at. */
static bool sees_all(const struct wf_alert *alert, const struct wf_doc *doc,
                     const struct wf_rights *rights)
{
    for (size_t i = 0; rights && i < alert->n_fields; i++) {
        const struct wf_field *field =
            wf_form_field(doc->form, alert->fields[i]->path);

        if (field && !wf_rights_see(rights, doc->form, field))
            return false;
    }
    return true;
}

static void tell_time(struct wf_json_writer *out, const char *key,
                      struct wf_stmt *q, int at)
{
    if (!wf_stmt_is_null(q, at)) {
        wf_jw_key_time(out, key, wf_stmt_int(q, at));
        return;
    }
    wf_jw_key(out, key);
    wf_jw_null(out);
}

static void tell_one(struct wf_call *call, const struct wf_doc *doc,
                     const struct wf_rights *rights, struct wf_stmt *q,
                     struct wf_json_writer *out)
{
    const struct wf_alert *alert = alert_of(call, doc, wf_stmt_text(q, 0));
    const struct wf_alert_level *level = level_of(alert, wf_stmt_text(q, 1));

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "alert", wf_stmt_text(q, 0));
    if (level && sees_all(alert, doc, rights)) {
        wf_jw_key_text(out, "level", level->id);
        wf_jw_key_text(out, "label",
                       wf_words_label(level->words, call->lang, level->id));
    }
    wf_jw_key_text(out, "colour", wf_stmt_text(q, 2));
    tell_time(out, "begun", q, 3);
    tell_time(out, "ended", q, 4);
    wf_jw_key(out, "told");
    wf_jw_int(out, wf_stmt_int(q, 5));
    wf_jw_close(out, '}');
}

bool wf_episodes_tell(struct wf_call *call, const struct wf_doc *doc,
                      const struct wf_rights *rights,
                      struct wf_json_writer *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_OF_DOCUMENT, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, doc->id);
    wf_stmt_bind_int(&q, 2, TOLD_MAX);
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        tell_one(call, doc, rights, &q, out);
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return got == WF_FETCH_DONE;
}
