/* api/privacy.c - the rights of whom data are about: who has looked at them,
 * and that they are erased.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/privacy.h"

#include "api/command.h"
#include "api/params.h"
#include "base/error.h"
#include "doc/erase.h"
#include "doc/history.h"
#include "doc/reading.h"
#include "flow/forget.h"
#include "org/edit.h"
#include "org/erase.h"

struct asked {
    const char *id;
    const weft_param *params;
    size_t n;
};

bool wf_privacy_find(struct wf_turn *turn, const char *id,
                     const struct wf_person **out, weft_error *err)
{
    if (!wf_person_named(&turn->call, wf_json_text(turn->call.arena, id), out,
                         err))
        return false;
    return *out
           || wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                      id);
}

bool wf_privacy_is_me(const struct wf_call *call,
                      const struct wf_person *person)
{
    return call->system || (call->me && call->me->id == person->id);
}

/* --- Who has looked */

static bool check_is_for_me(struct wf_turn *turn,
                            const struct wf_person *person, weft_error *err)
{
    struct wf_call *call = &turn->call;
    bool may = wf_privacy_is_me(call, person);

    if (!may
        && (!call->me
            || !wf_role_held(call, call->me->id, "dpo", WF_EVERYWHERE, &may,
                             err)))
        return false;
    return may
           || wf_fail(
               err, WEFT_E_DENIED,
               "This is for the person themselves, and for whoever holds "
               "the role \"%s\".",
               "dpo");
}

static bool readers(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    const struct wf_person *person;
    struct wf_params params;
    struct wf_page page;

    if (!wf_privacy_find(turn, asked->id, &person, err)
        || !check_is_for_me(turn, person, err)
        || !wf_params_read(turn->call.arena, asked->params, asked->n,
                           WF_PARAMS_PAGE, &params, err))
        return false;
    page = (struct wf_page){ params.query.cursor, params.query.limit };
    return wf_reading_list(&turn->call, person->id, &page, &turn->out, err);
}

weft_reply *weft_person_readers(weft_session *session, const char *id,
                                const weft_param *params, size_t n)
{
    struct asked asked = { id, params, n };

    return wf_question(session, WEFT_SCOPE_READ, readers, &asked);
}

/* --- Erasure */

/* Whoever is still here is set inactive first: then nothing waits for them. */
static bool erase(struct wf_turn *turn, const void *with, weft_error *err)
{
    struct wf_call *call = &turn->call;
    const struct wf_person *person;
    const char *former;
    struct wf_erased erased;
    struct wf_event event = { .kind = "erase" };
    wf_id id;

    if (!wf_turn_administers(turn, err)
        || !wf_privacy_find(turn, with, &person, err))
        return false;
    if (person->active)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "\"%s\" is still active. Set them inactive first.",
                       person->login);
    id = person->id;
    former = wf_arena_str(call->arena, person->name);
    if (!wf_erase_texts(call, person->id, person->login, &erased, err)
        || !wf_person_erase(call, person->id, &event.comment, err)
        || !wf_erase_name(call, id, former, err)
        || !wf_forget_now(&turn->flow, err)
        || !wf_history_add(call, &event, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key_text(&turn->out, "login", event.comment);
    wf_jw_key(&turn->out, "documents");
    wf_jw_int(&turn->out, (int64_t)erased.documents);
    wf_jw_key(&turn->out, "comments");
    wf_jw_int(&turn->out, (int64_t)erased.comments);
    wf_jw_key(&turn->out, "events");
    wf_jw_int(&turn->out, (int64_t)erased.events);
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_command *weft_person_erase(weft_session *session, const char *id)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_ADMIN, erase);

    command->with = wf_arena_str(command->arena, id);
    return command;
}
