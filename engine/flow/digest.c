/* flow/digest.c - the table of deliveries: its rows go with their letters.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/digest.h"

#include "base/error.h"
#include "base/list.h"
#include "base/messages.h"
#include "doc/title.h"
#include "flow/card.h"
#include "org/person.h"

enum {
    LINES_MAX = 20, /* of a letter; the rest is counted */
};

static const char SQL_ADD[] =
    "INSERT INTO delivery (job, what, id) VALUES ($1, $2, $3)"
    " ON CONFLICT DO NOTHING";

#define TOLD                                                                   \
    " FROM delivery d JOIN notification n ON n.id = d.id"                      \
    " WHERE d.job = $1 AND d.what = 'told' AND n.read IS NULL"
#define WORK                                                                   \
    " FROM delivery d JOIN seat s ON s.id = d.id"                              \
    " JOIN document x ON x.id = s.document"                                    \
    " WHERE d.job = $1 AND d.what = 'work' AND s.state = 'open'"               \
    " AND s.person = $2"

static const char SQL_TOLD[] =
    "SELECT n.text, n.document" TOLD " ORDER BY n.id LIMIT $2";
static const char SQL_N_TOLD[] = "SELECT COUNT(*)" TOLD;
static const char SQL_WORK[] =
    "SELECT x.title, x.id, x.title_other, x.form" WORK
    " ORDER BY s.id LIMIT $3";
static const char SQL_N_WORK[] = "SELECT COUNT(*)" WORK;

/* --- Adding */

static bool deliver(struct wf_call *call, wf_id job,
                    const struct wf_news_item *item, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_ADD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, job);
    wf_stmt_bind_text(&q, 2, item->matter == WF_MATTER_WORK ? "work" : "told");
    wf_stmt_bind_id(&q, 3, item->id);
    return wf_stmt_run(&q, err);
}

/* The letter that waits is looked for, not changed: who sends takes it by
 * changing it, so that one of the two is run again where they meet. */
static bool add_to(struct wf_call *call, const struct wf_outlet *channel,
                   const struct wf_news_item *item, const struct wf_wish *wish,
                   enum wf_mode mode, weft_error *err)
{
    struct wf_job_new job = { .kind = WF_JOB_SEND,
                              .channel = channel->id,
                              .person = item->person,
                              .payload = "{}" };
    wf_id letter;

    job.slot = wf_arena_printf(call->arena, "%s/%lld/%s", channel->id,
                               (long long)item->person,
                               mode == WF_MODE_NOW ? "now" : "digest");
    if (!wf_job_open_slot(call, job.slot, &letter, NULL, err))
        return false;
    if (!letter) {
        job.due = wf_wish_due(call, wish, mode);
        if (!wf_outbox_add(call, &job, &letter, err))
            return false;
    }
    return deliver(call, letter, item, err);
}

/* Nobody is written to where they cannot be reached: here they are told. */
static bool tell_by(struct wf_call *call, const struct wf_outlet *channel,
                    const struct wf_person *who,
                    const struct wf_news_item *item, const struct wf_wish *wish,
                    weft_error *err)
{
    enum wf_mode mode =
        wf_wish_mode(wish, item->matter, channel->id, item->urgent);
    const char *to;

    if (mode == WF_MODE_OFF)
        return true;
    if (!wf_channel_reach(call, channel->id, channel->kind, who, &to, err))
        return false;
    return !to || add_to(call, channel, item, wish, mode, err);
}

static bool is_personal(const struct wf_outlet *channel)
{
    enum wf_audience audience = wf_channel_audience(channel->kind);

    return audience == WF_TO_MAIL || audience == WF_TO_ACCOUNTS;
}

bool wf_outbox_tell(struct wf_call *call, const struct wf_news_item *item,
                    weft_error *err)
{
    const struct wf_outlet *at = wf_registry_outlets(call->registry);
    const struct wf_person *who = NULL;
    struct wf_wish wish;

    for (; at->id; at++) {
        if (!is_personal(at))
            continue;
        if (!who) { /* the first one that is */
            if (!wf_person_find(call, item->person, &who, err))
                return false;
            if (!who || !who->active || who->service)
                return true;
            if (!wf_wish_load(call, who, &wish, err))
                return false;
        }
        if (!tell_by(call, at, who, item, &wish, err))
            return false;
    }
    return true;
}

/* --- Making */

static bool count(struct wf_call *call, const char *sql,
                  const struct wf_job *job, int64_t *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, job->id);
    if (sql == SQL_N_WORK)
        wf_stmt_bind_id(&q, 2, job->person);
    if (wf_stmt_step(&q, err) != WF_FETCH_ROW)
        return false;
    *out += wf_stmt_int(&q, 0);
    return true;
}

/* Where there is room for one more. */
static void add_line(struct wf_line *lines, size_t *n, const char *text,
                     wf_id document)
{
    lines[*n].text = text;
    lines[(*n)++].document = document;
}

static bool load_told(struct wf_call *call, const struct wf_job *job,
                      struct wf_line *lines, size_t *n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_TOLD, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, job->id);
    wf_stmt_bind_int(&q, 2, LINES_MAX);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        if (*n < LINES_MAX)
            add_line(lines, n, wf_stmt_str(&q, 0, call->arena),
                     wf_stmt_int(&q, 1));
    return got == WF_FETCH_DONE;
}

static bool read_work(struct wf_call *call, const struct wf_job *job,
                      struct wf_title_rows *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    if (!wf_stmt_begin(call->db, SQL_WORK, &q, err))
        return false;
    wf_stmt_bind_id(&q, 1, job->id);
    wf_stmt_bind_id(&q, 2, job->person);
    wf_stmt_bind_int(&q, 3, LINES_MAX);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        *WF_PUSH(call->arena, out) = (struct wf_title_row){
            .document = wf_stmt_int(&q, 1),
            .form = wf_registry_form(call->registry, wf_stmt_text(&q, 3)),
            .title = wf_stmt_str(&q, 0, call->arena),
            .other = wf_stmt_str(&q, 2, call->arena),
        };
    return got == WF_FETCH_DONE;
}

static bool load_work(struct wf_call *call, const struct wf_person *who,
                      const struct wf_job *job, struct wf_letter *letter,
                      struct wf_line *lines, weft_error *err)
{
    const char *lang = letter->lang;
    const char *before = wf_message(lang, WF_MESSAGE("This waits for you"));
    const char *titles[LINES_MAX];
    struct wf_title_rows rows = { NULL, 0, 0 };

    if (!read_work(call, job, &rows, err)
        || !wf_titles_of_rows(call, &rows, who, lang, titles, err))
        return false;
    for (size_t i = 0; i < rows.n; i++)
        add_line(lines, &letter->n_lines,
                 wf_arena_printf(call->arena, "%s: %s", before, titles[i]),
                 rows.at[i].document);
    return true;
}

static const char *subject_of(struct wf_call *call,
                              const struct wf_letter *letter)
{
    int64_t all = letter->n_more + (int64_t)letter->n_lines;

    if (all == 1)
        return letter->lines[0].text;
    return wf_arena_printf(
        call->arena,
        wf_message(letter->lang, WF_MESSAGE("%lld things for you")),
        (long long)all);
}

/* What waits for them can be decided there, where the channel has buttons. */
static bool add_buttons(struct wf_call *call, const struct wf_channel *channel,
                        const struct wf_person *who,
                        const struct wf_letter *letter, struct wf_line *lines,
                        weft_error *err)
{
    if (!wf_channel_has_buttons(channel))
        return true;
    for (size_t i = 0; i < letter->n_lines; i++)
        if (!wf_card_fill(call, who, letter->lang, &lines[i], err))
            return false;
    return true;
}

static bool fill(struct wf_call *call, const struct wf_channel *channel,
                 const struct wf_person *who, struct wf_parcel *parcel,
                 weft_error *err)
{
    struct wf_letter *letter = &parcel->letter;
    const struct wf_job *job = &parcel->job;
    struct wf_line *lines = WF_NEW_N(call->arena, struct wf_line, LINES_MAX);
    int64_t all = 0;

    if (!load_work(call, who, job, letter, lines, err)
        || !add_buttons(call, channel, who, letter, lines, err)
        || !load_told(call, job, lines, &letter->n_lines, err)
        || !count(call, SQL_N_WORK, job, &all, err)
        || !count(call, SQL_N_TOLD, job, &all, err))
        return false;
    letter->lines = lines;
    letter->n_more = all - (int64_t)letter->n_lines;
    parcel->is_empty = letter->n_lines == 0;
    if (!parcel->is_empty)
        letter->subject = subject_of(call, letter);
    return true;
}

bool wf_digest_address(struct wf_call *call, const struct wf_channel *channel,
                       struct wf_parcel *parcel, const struct wf_person **out,
                       weft_error *err)
{
    struct wf_letter *letter = &parcel->letter;
    const struct wf_person *who;

    if (!wf_person_find(call, parcel->job.person, &who, err))
        return false;
    parcel->is_empty = !who || !who->active;
    if (parcel->is_empty)
        return true;
    if (!wf_channel_reach(call, channel->id, channel->kind, who, &letter->to,
                          err))
        return false;
    parcel->is_empty = !letter->to;
    letter->name = who->name;
    letter->lang = wf_lang_choose(who->locale, "zh-CN");
    if (out)
        *out = who;
    return true;
}

bool wf_digest_make(struct wf_call *call, const struct wf_channel *channel,
                    struct wf_parcel *parcel, weft_error *err)
{
    const struct wf_person *who;

    if (!wf_digest_address(call, channel, parcel, &who, err))
        return false;
    return parcel->is_empty || fill(call, channel, who, parcel, err);
}
