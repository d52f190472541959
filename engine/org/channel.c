/* org/channel.c - the tables of channels and of who people are there.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "org/channel.h"

#include <string.h>

#include "base/error.h"
#include "base/vault.h"
#include "org/person.h"

#define COLUMNS "c.id, c.kind, c.label, c.state, c.config, c.secrets"
#define HOW ", s.held_until, s.failures, s.minute, s.sent, s.problem"
#define BOTH " FROM channel c LEFT JOIN channel_state s ON s.channel = c.id"

static const char SQL_SENDING[] =
    "SELECT " COLUMNS HOW BOTH " WHERE c.state = 'on' ORDER BY c.id DESC";
static const char SQL_ALL[] = "SELECT " COLUMNS HOW BOTH " ORDER BY c.id";
static const char SQL_FIND[] = "SELECT " COLUMNS HOW BOTH " WHERE c.id = $1";

static const char SQL_SAVE[] =
    "INSERT INTO channel (id, kind, label, state, config, secrets, changed)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
    " ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,"
    " label = excluded.label, state = excluded.state, config = excluded.config,"
    " secrets = excluded.secrets, changed = excluded.changed";
static const char SQL_REMOVE[] = "DELETE FROM channel WHERE id = $1"
                                 " RETURNING id";
static const char SQL_REMOVE_ACCOUNTS[] =
    "DELETE FROM chat_account WHERE channel = $1";

static const char SQL_FORGET[] = "DELETE FROM channel_state WHERE channel = $1";
static const char SQL_SENT[] =
    "INSERT INTO channel_state (channel, held_until, failures, problem, minute,"
    " sent) VALUES ($1, 0, 0, NULL, $2, $3)"
    " ON CONFLICT (channel) DO UPDATE SET failures = 0, problem = NULL,"
    " minute = excluded.minute, sent = excluded.sent";
static const char SQL_FAILED[] =
    "INSERT INTO channel_state (channel, held_until, failures, problem, minute,"
    " sent) VALUES ($1, $3, 1, $2, 0, 0)"
    " ON CONFLICT (channel) DO UPDATE SET"
    " failures = channel_state.failures + 1, problem = excluded.problem,"
    " held_until = excluded.held_until";
static const char SQL_GONE[] =
    "UPDATE channel SET state = 'gone' WHERE id = $1 AND state = 'on'";
static const char SQL_RESTS[] =
    "UPDATE channel_state SET held_until = $2 WHERE channel = $1";

static const char SQL_ACCOUNT[] =
    "SELECT account FROM chat_account WHERE channel = $1 AND person = $2";
static const char SQL_PERSON[] =
    "SELECT person FROM chat_account WHERE channel = $1 AND account = $2";
static const char SQL_LINK[] =
    "INSERT INTO chat_account (channel, person, account) VALUES ($1, $2, $3)"
    " ON CONFLICT (channel, person) DO UPDATE SET account = excluded.account";
static const char SQL_UNLINK[] =
    "DELETE FROM chat_account WHERE channel = $1 AND person = $2";

enum {
    ID,
    KIND,
    LABEL,
    STATE,
    CONFIG,
    SECRETS,
    HELD,
    FAILURES,
    MINUTE,
    SENT,
    PROBLEM
};

static bool fail_unknown(const char *id, weft_error *err)
{
    return wf_fail(err, WEFT_E_NOTFOUND, "There is no channel \"%s\".", id);
}

/* --- Reading */

static bool read_row(struct wf_call *call, struct wf_stmt *q,
                     struct wf_channel *out, weft_error *err)
{
    struct wf_json *config;

    if (!wf_json_read_stored(call->arena, wf_stmt_text(q, CONFIG), &config,
                             err))
        return false;
    *out = (struct wf_channel){
        .id = wf_stmt_str(q, ID, call->arena),
        .kind = wf_stmt_str(q, KIND, call->arena),
        .label = wf_stmt_str(q, LABEL, call->arena),
        .on = wf_streq(wf_stmt_text(q, STATE), "on"),
        .config = config,
        .held_until = wf_stmt_int(q, HELD),
        .failures = (int)wf_stmt_int(q, FAILURES),
        .minute = wf_stmt_int(q, MINUTE),
        .sent = (int)wf_stmt_int(q, SENT),
    };
    return true;
}

static bool open_secrets(struct wf_call *call, const char *sealed,
                         const struct wf_json **out, weft_error *err)
{
    struct wf_json *opened = wf_json_object(call->arena);
    const char *text;
    size_t len;

    if (sealed
        && (!wf_vault_open_text(call->vault, call->arena, sealed, &text, &len,
                                err)
            || !wf_json_read_stored(call->arena, text, &opened, err)))
        return false;
    *out = opened;
    return true;
}

bool wf_channels_sending(struct wf_call *call, const struct wf_channel **out,
                         weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = NULL;
    if (!wf_stmt_begin(call->db, SQL_SENDING, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct wf_channel *one = WF_NEW(call->arena, struct wf_channel);

        if (!read_row(call, &q, one, err))
            return false;
        one->next = *out;
        *out = one;
    }
    return got == WF_FETCH_DONE;
}

/* *sealed is NULL where there are no secrets. */
static bool find(struct wf_call *call, const char *id, struct wf_channel *out,
                 const char **sealed, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_FIND, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        *sealed = wf_stmt_is_null(&q, SECRETS)
                      ? NULL
                      : wf_stmt_str(&q, SECRETS, call->arena);
        return read_row(call, &q, out, err);
    case WF_FETCH_DONE:
        return fail_unknown(id, err);
    default:
        return false;
    }
}

bool wf_channel_find(struct wf_call *call, const char *id,
                     struct wf_channel *out, weft_error *err)
{
    const char *sealed = NULL;

    return find(call, id, out, &sealed, err)
           && open_secrets(call, sealed, &out->secrets, err);
}

/* --- Changing */

static bool seal(struct wf_call *call, const struct wf_json *secrets,
                 const char **out, weft_error *err)
{
    const char *text;

    *out = NULL;
    if (wf_json_len(secrets) == 0)
        return true;
    text = wf_json_dump(call->arena, secrets);
    return wf_vault_seal_text(call->vault, call->arena, text, strlen(text), out,
                              err);
}

static bool run_on(struct wf_call *call, const char *sql, const char *id,
                   weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, sql, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    return wf_stmt_run(&q, err);
}

bool wf_channel_save(struct wf_call *call, const struct wf_channel *channel,
                     weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    const char *sealed = NULL;

    if (!seal(call, channel->secrets, &sealed, err)
        || !run_on(call, SQL_FORGET, channel->id, err)
        || !wf_generation_bump(call->db, "definition", err)
        || !wf_stmt_begin(call->db, SQL_SAVE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, channel->id);
    wf_stmt_bind_text(&q, 2, channel->kind);
    wf_stmt_bind_text(&q, 3, channel->label);
    wf_stmt_bind_text(&q, 4, channel->on ? "on" : "off");
    wf_stmt_bind_text(&q, 5, wf_json_dump(call->arena, channel->config));
    wf_stmt_bind_text(&q, 6, sealed);
    wf_stmt_bind_int(&q, 7, call->now);
    return wf_stmt_run(&q, err);
}

bool wf_channel_remove(struct wf_call *call, const char *id, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;
    size_t n = 0;

    if (!run_on(call, SQL_REMOVE_ACCOUNTS, id, err)
        || !run_on(call, SQL_FORGET, id, err)
        || !wf_generation_bump(call->db, "definition", err)
        || !wf_stmt_begin(call->db, SQL_REMOVE, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW)
        n++;
    return got == WF_FETCH_DONE && (n > 0 || fail_unknown(id, err));
}

/* --- Showing */

struct shown {
    struct wf_channel channel;
    const char *sealed, *state, *problem;
    struct shown *next;
};

static bool load_all(struct wf_call *call, struct shown **out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = NULL;
    if (!wf_stmt_begin(call->db, SQL_ALL, &q, err))
        return false;
    while ((got = wf_stmt_step(&q, err)) == WF_FETCH_ROW) {
        struct shown *one = WF_NEW(call->arena, struct shown);

        if (!read_row(call, &q, &one->channel, err))
            return false;
        one->sealed = wf_stmt_str(&q, SECRETS, call->arena);
        one->state = wf_stmt_str(&q, STATE, call->arena);
        one->problem = wf_stmt_str(&q, PROBLEM, call->arena);
        *out = one;
        out = &one->next;
    }
    return got == WF_FETCH_DONE;
}

static bool write_one(struct wf_call *call, const struct shown *one,
                      struct wf_json_writer *out, weft_error *err)
{
    const struct wf_channel *channel = &one->channel;
    const struct wf_json *secrets;

    if (!open_secrets(call, one->sealed, &secrets, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", channel->id);
    wf_jw_key_text(out, "kind", channel->kind);
    wf_jw_key_text(out, "label", channel->label);
    wf_jw_key_text(out, "state", one->state);
    wf_jw_key(out, "config");
    wf_jw_tree(out, channel->config);
    wf_jw_key(out, "secrets");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < wf_json_len(secrets); i++)
        wf_jw_text(out, secrets->u.object.at[i].key.at);
    wf_jw_close(out, ']');
    wf_jw_key_time(out, "held_until",
                   channel->held_until > call->now ? channel->held_until : 0);
    wf_jw_key(out, "failures");
    wf_jw_int(out, channel->failures);
    wf_jw_key_text_or_null(out, "problem", one->problem);
    wf_jw_close(out, '}');
    return true;
}

bool wf_channel_list(struct wf_call *call, struct wf_json_writer *out,
                     weft_error *err)
{
    struct shown *all;

    if (!load_all(call, &all, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key(out, "items");
    wf_jw_open(out, '[');
    for (; all; all = all->next)
        if (!write_one(call, all, out, err))
            return false;
    wf_jw_close(out, ']');
    wf_jw_close(out, '}');
    return true;
}

/* --- How sending went */

bool wf_channel_sent(struct wf_call *call, const struct wf_channel *channel,
                     int n, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    int64_t minute = call->now / 60000;
    int before = minute == channel->minute ? channel->sent : 0;

    if (!wf_stmt_begin(call->db, SQL_SENT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, channel->id);
    wf_stmt_bind_int(&q, 2, minute);
    wf_stmt_bind_int(&q, 3, before + n);
    return wf_stmt_run(&q, err);
}

bool wf_channel_failed(struct wf_call *call, const char *id,
                       const char *problem, int64_t until, bool gone,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if ((gone
         && (!run_on(call, SQL_GONE, id, err)
             || !wf_generation_bump(call->db, "definition", err)))
        || !wf_stmt_begin(call->db, SQL_FAILED, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    wf_stmt_bind_text(&q, 2, problem);
    wf_stmt_bind_int(&q, 3, until);
    return wf_stmt_run(&q, err);
}

bool wf_channel_rests(struct wf_call *call, const char *id, int64_t until,
                      weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_RESTS, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, id);
    wf_stmt_bind_int(&q, 2, until);
    return wf_stmt_run(&q, err);
}

/* --- Who somebody is there */

enum wf_audience wf_channel_audience(const char *kind)
{
    static const struct {
        const char *kind;
        enum wf_audience audience;
    } audiences[] = {
        { "mail", WF_TO_MAIL },       { "dingtalk", WF_TO_ACCOUNTS },
        { "wecom", WF_TO_ACCOUNTS },  { "feishu", WF_TO_ACCOUNTS },
        { "webhook", WF_TO_SYSTEMS },
    };

    for (size_t i = 0; i < WF_COUNT(audiences); i++)
        if (wf_streq(kind, audiences[i].kind))
            return audiences[i].audience;
    return WF_TO_GROUP;
}

bool wf_channel_hears(const struct wf_channel *channel)
{
    static const struct {
        const char *kind, *secret; /* without which nothing is heard */
    } hearing[] = { { "feishu", "encrypt_key" }, { "wecom", "callback_key" } };

    for (size_t i = 0; i < WF_COUNT(hearing); i++)
        if (wf_streq(channel->kind, hearing[i].kind))
            return wf_json_get(channel->secrets, hearing[i].secret) != NULL;
    return false;
}

/* DingTalk has no buttons that call back without a template of its own: they
 * lead to the page. */
bool wf_channel_has_buttons(const struct wf_channel *channel)
{
    return wf_streq(channel->kind, "dingtalk") || wf_channel_hears(channel);
}

static bool account_of(struct wf_call *call, const char *channel, wf_id person,
                       const char **out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = NULL;
    if (!wf_stmt_begin(call->db, SQL_ACCOUNT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, channel);
    wf_stmt_bind_id(&q, 2, person);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW)
        *out = wf_stmt_str(&q, 0, call->arena);
    return got != WF_FETCH_ERROR;
}

bool wf_channel_reach(struct wf_call *call, const char *id, const char *kind,
                      const struct wf_person *person, const char **out,
                      weft_error *err)
{
    *out = NULL;
    switch (wf_channel_audience(kind)) {
    case WF_TO_MAIL:
        *out = wf_str_empty(person->email) ? NULL : person->email;
        return true;
    case WF_TO_ACCOUNTS:
        return account_of(call, id, person->id, out, err);
    default:
        return true;
    }
}

bool wf_channel_person(struct wf_call *call, const char *channel,
                       const char *account, wf_id *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch got;

    *out = 0;
    if (!wf_stmt_begin(call->db, SQL_PERSON, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, channel);
    wf_stmt_bind_text(&q, 2, account);
    got = wf_stmt_step(&q, err);
    if (got == WF_FETCH_ROW)
        *out = wf_stmt_int(&q, 0);
    return got != WF_FETCH_ERROR;
}

bool wf_channel_link(struct wf_call *call, const char *channel, wf_id person,
                     const char *account, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    wf_id other = 0;

    if (account && !wf_channel_person(call, channel, account, &other, err))
        return false;
    if (other && other != person)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "\"%s\" is somebody else there already.", account);
    if (!wf_stmt_begin(call->db, account ? SQL_LINK : SQL_UNLINK, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, channel);
    wf_stmt_bind_id(&q, 2, person);
    if (account)
        wf_stmt_bind_text(&q, 3, account);
    return wf_stmt_run(&q, err);
}
