/* flow/outbox.c - letters as jobs: written, and made anew from their rows when
 * they are sent.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/outbox.h"

#include "base/error.h"
#include "base/messages.h"
#include "doc/doc_lane.h"
#include "flow/digest.h"
#include "org/company.h"

enum {
    LINES_MAX = 20, /* of a letter; the rest is counted */
};

bool wf_outbox_add(struct wf_call *call, const struct wf_job_new *job,
                   wf_id *id, weft_error *err)
{
    if (!call->send_at || job->due < call->send_at)
        call->send_at = job->due;
    return wf_job_add(call, job, id, err);
}

/* --- Webhooks */

static bool is_among(const struct wf_json *list, const char *text)
{
    for (size_t i = 0; i < wf_json_len(list); i++)
        if (wf_streq(wf_json_str(list->u.array.at[i]), text))
            return true;
    return false;
}

/* An absent list means all. */
static bool wants(const struct wf_outlet *channel, const struct wf_doc *doc,
                  const char *type)
{
    const struct wf_json *forms = wf_json_get(channel->config, "forms");
    const struct wf_json *events = wf_json_get(channel->config, "events");

    return wf_streq(channel->kind, "webhook")
           && (!events || is_among(events, type))
           && (!forms || is_among(forms, doc->form->id));
}

static const char *event_body(struct wf_call *call, const struct wf_doc *doc,
                              const char *type)
{
    struct wf_buf buf = WF_BUF_INIT(call->arena);
    struct wf_json_writer w = WF_JSON_WRITER_INIT(&buf);

    wf_jw_open(&w, '{');
    wf_jw_key_text(&w, "type", type);
    wf_jw_key_time(&w, "timestamp", call->now);
    wf_jw_key(&w, "data");
    wf_jw_open(&w, '{');
    wf_jw_key_id_or_null(&w, "document", doc->id);
    wf_jw_key_text(&w, "form", doc->form->id);
    wf_jw_key_text(&w, "step", wf_doc_own(doc).step->id);
    wf_jw_key_text(&w, "state", wf_state_name(doc->state));
    wf_jw_key(&w, "revision");
    wf_jw_int(&w, doc->revision);
    wf_jw_key_id_or_null(&w, "actor", call->me ? call->me->id : 0);
    wf_jw_close(&w, '}');
    wf_jw_close(&w, '}');
    return wf_buf_text(&buf);
}

bool wf_outbox_event(struct wf_call *call, const struct wf_doc *doc,
                     const char *type, weft_error *err)
{
    struct wf_job_new job = { .kind = WF_JOB_SEND, .due = call->now };

    if (doc->veil)
        return true;
    for (const struct wf_outlet *at = wf_registry_outlets(call->registry);
         at->id; at++) {
        if (!wants(at, doc, type))
            continue;
        if (!job.payload)
            job.payload = event_body(call, doc, type);
        job.channel = at->id;
        job.document = doc->id;
        if (!wf_outbox_add(call, &job, NULL, err))
            return false;
    }
    return true;
}

const char *const wf_outbox_events[] = {
    "document.created",
    "document.moved",
    "document.done",
    "document.void",
    NULL,
};

bool wf_outbox_moved(struct wf_call *call, const struct wf_doc *doc,
                     weft_error *err)
{
    static const char *const types[] = {
        [WF_OPEN] = "document.moved",
        [WF_DONE] = "document.done",
        [WF_VOID] = "document.void",
    };

    return wf_outbox_event(call, doc, types[doc->state], err);
}

/* --- What is posted for all who read a channel */

static bool is_on(const struct wf_call *call, const char *id)
{
    const struct wf_outlet *at = wf_registry_outlets(call->registry);

    while (at->id && !wf_streq(at->id, id))
        at++;
    return at->id;
}

/* `was` NULL: the first line. */
static bool with_line(struct wf_call *call, const char *was, const char *text,
                      wf_id document, const char **out, weft_error *err)
{
    struct wf_arena *arena = call->arena;
    struct wf_json *letter = wf_json_object(arena), *line, *lines;

    if (was && !wf_json_read_stored(arena, was, &letter, err))
        return false;
    lines = wf_json_get(letter, "lines");
    if (!lines) {
        lines = wf_json_array(arena);
        wf_json_set(arena, letter, "lines", lines);
    }
    if (wf_json_len(lines) >= LINES_MAX) {
        double more = wf_json_num(wf_json_get(letter, "more"), 0);

        wf_json_set(arena, letter, "more", wf_json_number(arena, more + 1));
    } else {
        line = wf_json_object(arena);
        wf_json_set(arena, line, "text", wf_json_text(arena, text));
        if (document)
            wf_json_set(
                arena, line, "document",
                wf_json_text(arena, wf_arena_printf(arena, "%lld",
                                                    (long long)document)));
        wf_json_push(arena, lines, line);
    }
    *out = wf_json_dump(arena, letter);
    return true;
}

bool wf_outbox_post(struct wf_call *call, const char *channel, const char *text,
                    wf_id document, weft_error *err)
{
    struct wf_job_new job = { .kind = WF_JOB_SEND,
                              .channel = channel,
                              .document = document,
                              .due = call->now };
    const char *was = NULL;
    wf_id waiting;

    job.slot = wf_arena_printf(call->arena, "%s//", channel);
    if (!is_on(call, channel))
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no channel \"%s\".",
                       channel);
    if (!wf_job_open_slot(call, job.slot, &waiting, &was, err)
        || !with_line(call, waiting ? was : NULL, text, document, &job.payload,
                      err))
        return false;
    if (waiting)
        return wf_job_set_payload(call, waiting, job.payload, err);
    return wf_outbox_add(call, &job, NULL, err);
}

bool wf_outbox_answer(struct wf_call *call, const char *channel, wf_id person,
                      const struct wf_json *says, weft_error *err)
{
    struct wf_job_new job = { .kind = WF_JOB_SEND,
                              .channel = channel,
                              .person = person,
                              .payload = wf_json_dump(call->arena, says),
                              .due = call->now };

    if (!is_on(call, channel))
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no channel \"%s\".",
                       channel);
    return wf_outbox_add(call, &job, NULL, err);
}

/* --- Letters */

/* Of an answer: below what it says. */
static void add_confirm(const struct wf_json *says, const char *lang,
                        struct wf_line *line)
{
    const char *token = wf_json_str(wf_json_get(says, "confirm"));

    if (!token)
        return;
    line->buttons[0] =
        (struct wf_button){ .label = wf_message(lang, WF_MESSAGE("Confirm")),
                            .token = token };
    line->n_buttons = 1;
}

static bool post_letter(struct wf_call *call, const struct wf_job *job,
                        struct wf_letter *letter, weft_error *err)
{
    const struct wf_json *lines = wf_json_get(job->payload, "lines");
    size_t n = wf_json_len(lines);
    struct wf_line *at = WF_NEW_N(call->arena, struct wf_line, n ? n : 1);

    (void)err;
    for (size_t i = 0; i < n; i++) {
        const struct wf_json *line = lines->u.array.at[i];
        const char *document = wf_json_str(wf_json_get(line, "document"));

        at[i].text = wf_json_str(wf_json_get(line, "text"));
        if (document)
            (void)wf_id_parse(wf_str_of(document), &at[i].document);
    }
    if (n > 0)
        add_confirm(job->payload, letter->lang, &at[n - 1]);
    letter->head = wf_json_str(wf_json_get(job->payload, "head"));
    letter->lines = at;
    letter->n_lines = n;
    letter->n_more = (int64_t)wf_json_num(wf_json_get(job->payload, "more"), 0);
    letter->subject = letter->head ? letter->head : n > 0 ? at[0].text : "";
    return true;
}

static bool make_letter(struct wf_call *call, const struct wf_channel *channel,
                        const char *site, struct wf_parcel *parcel,
                        weft_error *err)
{
    struct wf_letter *letter = &parcel->letter;
    const struct wf_job *job = &parcel->job;

    *letter = (struct wf_letter){
        .key = wf_arena_printf(call->arena, "msg_%lld", (long long)job->id),
        .lang = call->lang,
        .site = site,
        .at = call->now,
        .again = job->attempt > 1,
    };
    if (wf_json_get(job->payload, "type")) {
        letter->body = wf_json_dump(call->arena, job->payload);
        return true;
    }
    if (!job->person)
        return post_letter(call, job, letter, err);
    if (!wf_json_get(job->payload, "lines"))
        return wf_digest_make(call, channel, parcel, err);
    return wf_digest_address(call, channel, parcel, NULL, err)
           && post_letter(call, job, letter, err);
}

bool wf_outbox_take(struct wf_call *call, const struct wf_channel *channel,
                    struct wf_parcel *out, size_t max, size_t *n,
                    weft_error *err)
{
    struct wf_job *jobs = WF_NEW_N(call->arena, struct wf_job, max);
    struct wf_company company;

    if (!wf_job_take_of(call, channel->id, jobs, max, n, err)
        || !wf_company_load(call, &company, err))
        return false;
    for (size_t i = 0; i < *n; i++) {
        out[i] = (struct wf_parcel){ .job = jobs[i] };
        if (!make_letter(call, channel, company.address, &out[i], err))
            return false;
    }
    return true;
}

bool wf_letter_end(struct wf_call *call, const struct wf_job *job,
                   weft_error *err)
{
    return wf_job_end(call, job->id, job->fence, err);
}
