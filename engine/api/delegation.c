/* api/delegation.c - who stands in for whom, and who takes over from whom.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/delegation.h>

#include "api/command.h"
#include "base/error.h"
#include "flow/delegation.h"
#include "flow/leaver.h"

/* The person of this login or id; NULL: call->me. Somebody else is asked about
 * by administrators only, with a token that may administer. */
static bool find_whose(struct wf_turn *turn, const char *name, wf_id *out,
                       weft_error *err)
{
    struct wf_call *call = &turn->call;
    const struct wf_person *person = call->me;

    if (name
        && !wf_person_named(call, wf_json_text(call->arena, name), &person,
                            err))
        return false;
    if (!person)
        return wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                       name ? name : "");
    *out = person->id;
    return person == call->me || (call->me && person->id == call->me->id)
           || (wf_asker_may(turn->asker, WEFT_SCOPE_ADMIN, err)
               && wf_turn_administers(turn, err));
}

/* --- Looking */

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    wf_id person;

    return find_whose(turn, with, &person, err)
           && wf_delegation_list(&turn->flow, person, &turn->out, err);
}

weft_reply *weft_delegation_list(weft_session *session, const char *person)
{
    return wf_question(session, WEFT_SCOPE_READ, list, person);
}

/* --- Giving and ending */

struct wanted {
    const char *to, *from, *until, *till, *person;
    const struct wf_json *forms;
    wf_id id;
};

/* The one whom the member `to` names; a finding there if it is nobody. */
static bool find_to(struct wf_turn *turn, const char *to, wf_id *out,
                    weft_error *err)
{
    const struct wf_person *person;

    if (!wf_person_named(&turn->call, wf_json_text(turn->call.arena, to),
                         &person, err))
        return false;
    if (person) {
        *out = person->id;
        return true;
    }
    wf_diag_field(&turn->findings, "to", "unknown", "\"%s\" is no login here.",
                  to);
    return wf_body_misfits(err);
}

static bool add(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wanted *wanted = with;
    struct wf_delegation delegation = { .since = wanted->from,
                                        .until = wanted->until ? wanted->until
                                                               : wanted->till,
                                        .forms = wanted->forms };

    return find_whose(turn, wanted->person, &delegation.giver, err)
           && find_to(turn, wanted->to, &delegation.taker, err)
           && wf_delegation_add(&turn->flow, &delegation, err)
           && wf_delegation_show(&turn->flow, delegation.id, &turn->out, err);
}

weft_command *weft_delegation_add(weft_session *session, const char *body,
                                  size_t len, const weft_how *how)
{
    static const struct wf_member members[] = {
        { "to", WF_BODY_TEXT, offsetof(struct wanted, to), true },
        { "from", WF_BODY_TEXT, offsetof(struct wanted, from), false },
        { "until", WF_BODY_TEXT, offsetof(struct wanted, until), false },
        { "till", WF_BODY_TEXT, offsetof(struct wanted, till), false },
        { "forms", WF_BODY_ARRAY, offsetof(struct wanted, forms), false },
        { "person", WF_BODY_TEXT, offsetof(struct wanted, person), false },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, add);
    struct wf_text text = { body, len };

    wf_command_read(command, members, WF_COUNT(members), text,
                    WF_NEW(command->arena, struct wanted));
    wf_command_once(command, how, "delegate-all", 0, text);
    return command;
}

static bool end(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wanted *wanted = with;

    bool own_only =
        turn->asker->by_token && !(turn->asker->scopes & WEFT_SCOPE_ADMIN);

    return wf_delegation_end(&turn->flow, wanted->id, own_only, err);
}

weft_command *weft_delegation_end(weft_session *session, int64_t id)
{
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, end);
    struct wanted *wanted = WF_NEW(command->arena, struct wanted);

    wanted->id = id;
    command->with = wanted;
    return command;
}

/* --- Handover */

static bool hand_over(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct wanted *wanted = with;
    wf_id person, heir;

    return wf_turn_administers(turn, err)
           && find_whose(turn, wanted->person, &person, err)
           && find_to(turn, wanted->to, &heir, err)
           && wf_handover(&turn->flow, person, heir, &turn->out, err);
}

weft_command *weft_handover(weft_session *session, const char *person,
                            const char *body, size_t len, const weft_how *how)
{
    static const struct wf_member members[] = {
        { "to", WF_BODY_TEXT, offsetof(struct wanted, to), true },
    };
    weft_command *command =
        wf_command_new(session, WEFT_SCOPE_ADMIN, hand_over);
    struct wanted *wanted = WF_NEW(command->arena, struct wanted);
    struct wf_text text = { body, len };

    wf_command_read(command, members, WF_COUNT(members), text, wanted);
    wanted->person = wf_arena_str(command->arena, person);
    wf_command_once(command, how, wanted->person, 0, text);
    return command;
}
