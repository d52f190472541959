/* api/bot_host.c - what the scripts of the assistant may call: letters and
 * their sound, and the questions of the public API in the name of who asks.
 *
 * No script of the assistant can change anything: there is no function for it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include <weft/cycle.h>
#include <weft/document.h>
#include <weft/organisation.h>
#include <weft/package.h>
#include <weft/report.h>

#include "api/bot.h"
#include "api/session.h"
#include "base/error.h"
#include "base/letters.h"
#include "base/list.h"
#include "base/text.h"
#include "org/unit_names.h"

enum {
    CHEAP = 100,
    QUESTION = 2000,
    PARAMS_MAX = 12,
};

static const struct wf_json *arg(const struct wf_json *args, size_t i)
{
    return i < wf_json_len(args) ? args->u.array.at[i] : NULL;
}

static bool text_arg(const struct wf_host *host, const struct wf_json *args,
                     size_t i, const char **out, weft_error *err)
{
    *out = wf_json_str(arg(args, i));
    return *out
           || wf_fail(err, WEFT_E_INVALID, "%s: argument %d must be text.",
                      host->signature, (int)i + 1);
}

/* --- Letters */

static bool letters(void *self, const struct wf_host *host,
                    struct wf_arena *arena, const struct wf_json *args,
                    struct wf_json **result, weft_error *err)
{
    struct wf_json *from = wf_json_array(arena);
    struct wf_letters of;
    const char *text;

    (void)self;
    if (!text_arg(host, args, 0, &text, err))
        return false;
    of = wf_letters_of(arena, text);
    for (size_t i = 0; i <= of.n; i++)
        wf_json_push(arena, from, wf_json_int(arena, (int64_t)of.from[i]));
    *result = wf_json_object(arena);
    wf_json_set(arena, *result, "folded", wf_json_text(arena, of.folded));
    wf_json_set(arena, *result, "from", from);
    return true;
}

/* Of many texts at once: whatever stands in a list. */
static bool pinyin(void *self, const struct wf_host *host,
                   struct wf_arena *arena, const struct wf_json *args,
                   struct wf_json **result, weft_error *err)
{
    struct wf_str rest, line;
    const char *text;

    (void)self;
    if (!text_arg(host, args, 0, &text, err))
        return false;
    *result = wf_json_array(arena);
    rest = wf_str_of(wf_text_pinyin(arena, text));
    while (wf_str_split(&rest, '\n', &line)) {
        line = wf_str_trim(line);
        wf_json_push(arena, *result, wf_json_text_n(arena, line.at, line.len));
    }
    return true;
}

/* --- Phrases */

static struct wf_json *ids_of(struct wf_arena *arena,
                              const struct wf_phrases_found *found,
                              struct wf_json *ids, size_t i)
{
    for (size_t j = 0; j < found->at[i].ids.n; j++)
        wf_json_push(arena, ids, wf_json_text(arena, found->at[i].ids.at[j]));
    return ids;
}

static bool phrases(void *self, const struct wf_host *host,
                    struct wf_arena *arena, const struct wf_json *args,
                    struct wf_json **result, weft_error *err)
{
    const struct wf_bot *bot = self;
    struct wf_phrases_found found = { NULL, 0, 0 };
    const char *text;

    if (!text_arg(host, args, 0, &text, err))
        return false;
    for (size_t i = 0; i < bot->phrases.n; i++)
        wf_phrases_find(bot->phrases.at[i], arena, text, &found);
    *result = wf_json_array(arena);
    for (size_t i = 0; i < found.n; i++) {
        struct wf_json *row = wf_json_array(arena);

        wf_json_push(arena, row, wf_json_int(arena, (int64_t)found.at[i].from));
        wf_json_push(arena, row, wf_json_int(arena, (int64_t)found.at[i].to));
        wf_json_push(arena, *result, ids_of(arena, &found, row, i));
    }
    return true;
}

/* The nearest of all dictionaries; nothing where one of them has the word. */
static bool near(void *self, const struct wf_host *host, struct wf_arena *arena,
                 const struct wf_json *args, struct wf_json **result,
                 weft_error *err)
{
    enum {
        CAP = 3
    };
    const struct wf_bot *bot = self;
    const char *word, *out[CAP];
    int nearest = 0;

    if (!text_arg(host, args, 0, &word, err))
        return false;
    *result = wf_json_array(arena);
    for (size_t i = 0; i < bot->phrases.n; i++)
        if (wf_phrases_know(bot->phrases.at[i], word))
            return true;
    for (size_t i = 0; i < bot->phrases.n; i++) {
        size_t n;
        int far = wf_phrases_near(bot->phrases.at[i], word, out, CAP, &n);

        if (far == 0 || (nearest > 0 && far > nearest))
            continue;
        if (far < nearest)
            *result = wf_json_array(arena);
        nearest = far;
        for (size_t j = 0; j < n && wf_json_len(*result) < CAP; j++)
            wf_json_push(arena, *result, wf_json_text(arena, out[j]));
    }
    return true;
}

static bool heard(void *self, const struct wf_host *host,
                  struct wf_arena *arena, const struct wf_json *args,
                  struct wf_json **result, weft_error *err)
{
    const struct wf_bot *bot = self;
    const struct wf_json *sounds = arg(args, 0);

    if (!wf_json_is(sounds, WF_JSON_ARRAY))
        return wf_fail(err, WEFT_E_INVALID, "%s: argument %d must be a list.",
                       host->signature, 1);
    *result = wf_json_array(arena);
    for (size_t i = 0; i < wf_json_len(sounds); i++) {
        const char *sound = wf_json_str(sounds->u.array.at[i]);
        struct wf_phrases_found found = { NULL, 0, 0 };

        for (size_t j = 0; sound && j < bot->phrases.n; j++)
            wf_phrases_heard(bot->phrases.at[j], arena, sound, &found);
        for (size_t j = 0; j < found.n; j++) {
            struct wf_json *row = wf_json_array(arena);

            wf_json_push(arena, row, wf_json_int(arena, (int64_t)i + 1));
            wf_json_push(arena, *result, ids_of(arena, &found, row, j));
        }
    }
    return true;
}

/* --- Examples */

static bool likest(void *self, const struct wf_host *host,
                   struct wf_arena *arena, const struct wf_json *args,
                   struct wf_json **result, weft_error *err)
{
    enum {
        CAP = 64 /* more intents than a company can tell apart */
    };
    const struct wf_bot *bot = self;
    struct wf_likeness_row rows[CAP];
    const char *text;
    size_t n;

    if (!text_arg(host, args, 0, &text, err))
        return false;
    n = wf_likeness_of(wf_learnt_likeness(bot->learnt), text, rows, CAP);
    *result = wf_json_array(arena);
    for (size_t i = 0; i < n; i++) {
        struct wf_json *row = wf_json_object(arena);

        wf_json_set(arena, row, "kind", wf_json_text(arena, rows[i].kind));
        wf_json_set(arena, row, "share",
                    wf_json_int(arena, lround(1000 * rows[i].share)));
        wf_json_set(arena, row, "near",
                    wf_json_int(arena, lround(1000 * rows[i].near)));
        if (rows[i].example)
            wf_json_set(arena, row, "example",
                        wf_json_text(arena, rows[i].example));
        wf_json_push(arena, *result, row);
    }
    return true;
}

/* --- Units */

/* Those of the people of a turn: the names are kept with them. */
static bool units(void *self, const struct wf_host *host,
                  struct wf_arena *arena, const struct wf_json *args,
                  struct wf_json **result, weft_error *err)
{
    const struct wf_bot *bot = self;
    struct wf_units_found found = { NULL, 0, 0 };
    const char *text;

    if (!text_arg(host, args, 0, &text, err)
        || !wf_unit_names_find(&bot->turn->call, text, &found, err))
        return false;
    *result = wf_json_array(arena);
    for (size_t i = 0; i < found.n; i++) {
        const struct wf_unit_found *at = &found.at[i];
        struct wf_json *row = wf_json_array(arena);

        wf_json_push(arena, row, wf_json_int(arena, (int64_t)at->from));
        wf_json_push(arena, row, wf_json_int(arena, (int64_t)at->to));
        wf_json_push(arena, row, wf_json_text(arena, at->key));
        wf_json_push(arena, row, wf_json_int(arena, at->sure));
        wf_json_push(arena, *result, row);
    }
    return true;
}

/* --- Questions */

struct query {
    weft_session *session;
    const char *name; /* of a form or report; a login */
    int64_t id;
    weft_param *params;
    size_t n;
};

typedef weft_reply *ask_fn(const struct query *q);

static weft_reply *ask_work(const struct query *q)
{
    return weft_work_list(q->session, q->params, q->n);
}

static weft_reply *ask_documents(const struct query *q)
{
    return weft_document_list(q->session, q->params, q->n);
}

static weft_reply *ask_document(const struct query *q)
{
    return weft_document_get(q->session, q->id);
}

static weft_reply *ask_chain(const struct query *q)
{
    return weft_document_chain(q->session, q->id);
}

static weft_reply *ask_people(const struct query *q)
{
    return weft_people_list(q->session, q->params, q->n);
}

static weft_reply *ask_person(const struct query *q)
{
    return weft_person_get(q->session, q->name ? q->name : "");
}

static weft_reply *ask_units(const struct query *q)
{
    return weft_unit_list(q->session);
}

static weft_reply *ask_forms(const struct query *q)
{
    return weft_form_list(q->session);
}

static weft_reply *ask_form(const struct query *q)
{
    return weft_form_get(q->session, q->name ? q->name : "", 0);
}

static weft_reply *ask_report(const struct query *q)
{
    return weft_report_get(q->session, q->name ? q->name : "", q->params, q->n);
}

static weft_reply *ask_notifications(const struct query *q)
{
    return weft_notification_list(q->session, q->params, q->n);
}

static weft_reply *ask_cycles(const struct query *q)
{
    return weft_cycle_list(q->session);
}

static weft_reply *ask_cycle(const struct query *q)
{
    return weft_cycle_get(q->session, q->name ? q->name : "");
}

static const struct {
    const char *name;
    ask_fn *ask;
} questions[] = {
    { "work", ask_work },
    { "documents", ask_documents },
    { "document", ask_document },
    { "chain", ask_chain },
    { "cycles", ask_cycles },
    { "cycle", ask_cycle },
    { "people", ask_people },
    { "person", ask_person },
    { "units", ask_units },
    { "forms", ask_forms },
    { "form", ask_form },
    { "report", ask_report },
    { "notifications", ask_notifications },
};

static void read_params(struct wf_arena *arena, const struct wf_json *given,
                        struct query *q)
{
    q->params = WF_NEW_N(arena, weft_param, PARAMS_MAX);
    for (size_t i = 0; wf_json_is(given, WF_JSON_OBJECT)
                       && i < wf_json_len(given) && q->n < PARAMS_MAX;
         i++) {
        const char *value = wf_json_str(given->u.object.at[i].value);

        if (value)
            q->params[q->n++] =
                (weft_param){ given->u.object.at[i].key.at, value };
    }
}

/* What is not shown is nil, as if it were not there. */
static bool take(struct wf_arena *arena, weft_reply *reply,
                 struct wf_json **result, weft_error *err)
{
    static const struct wf_json_limits limits = WF_JSON_LIMITS;
    const weft_error *failure = weft_reply_error(reply);
    size_t len;
    const char *text = weft_reply_body(reply, &len);
    bool ok = true;

    if (failure
        && (failure->code == WEFT_E_STORE || failure->code == WEFT_E_BUSY))
        ok = wf_fail_as(err, failure);
    else if (!failure)
        ok = wf_json_parse(arena, text, len, &limits, result, err);
    if (ok && *result && weft_reply_etag(reply))
        wf_json_set(arena, *result, "etag",
                    wf_json_text(arena, weft_reply_etag(reply)));
    weft_reply_free(reply);
    return ok;
}

static bool ask(void *self, const struct wf_host *host, struct wf_arena *arena,
                const struct wf_json *args, struct wf_json **result,
                weft_error *err)
{
    const struct wf_bot *bot = self;
    struct query q = { .session = bot->session,
                       .name = wf_json_str(arg(args, 1)) };
    const char *what;
    wf_id id;

    if (!text_arg(host, args, 0, &what, err))
        return false;
    if (q.name && wf_id_parse(wf_str_of(q.name), &id))
        q.id = id;
    read_params(arena, arg(args, 2), &q);
    for (size_t i = 0; i < WF_COUNT(questions); i++)
        if (wf_streq(questions[i].name, what))
            return take(arena, questions[i].ask(&q), result, err);
    return wf_fail(err, WEFT_E_INVALID, "%s: there is no question \"%s\".",
                   host->signature, what);
}

/* clang-format off */
const struct wf_host wf_bot_hosts[] = {
    { "ask", ask, QUESTION, "ask(what, name, params)",
      "A question of the API in the name of who asks: what GET /what would "
      "answer, or nil where they may not see it." },
    { "letters", letters, CHEAP, "letters(text)",
      "{ folded, from }: the text as it is compared, and at which byte of the "
      "text each of its letters begins." },
    { "pinyin", pinyin, QUESTION, "pinyin(text)",
      "The sound of each line of the text: a list." },
    { "phrases", phrases, QUESTION, "phrases(text)",
      "What of the <words> stands in a folded text: rows { from, to, id, ... } "
      "of letters from 0, `to` behind the last." },
    { "near", near, CHEAP, "near(word)",
      "Up to three words of the <words> that an unknown word may be a slip of: "
      "a list, empty where it is known." },
    { "likest", likest, QUESTION, "likest(text)",
      "Of which intents a folded text is most likely, learnt from their "
      "examples: rows { kind, share, near, example }, best first; shares and "
      "nearness of a thousand." },
    { "units", units, QUESTION, "units(text)",
      "What units are named in a folded text: rows { from, to, id, sure } of "
      "letters from 0, `to` behind the last; `sure` of 100." },
    { "heard", heard, QUESTION, "heard(sounds)",
      "What of the <words> sounds like one of these: rows { which, id, ... }." },
};
/* clang-format on */

const size_t wf_n_bot_hosts = WF_COUNT(wf_bot_hosts);
