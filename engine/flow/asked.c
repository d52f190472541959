/* flow/asked.c - making one document that a step asks for.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/asked.h"

#include "base/error.h"
#include "doc/veil.h"
#include "flow/errand.h"

enum {
    DEPTH_MAX = 8 /* a called document may call others */
};

/* The value of one <set> as JSON that its field takes. */
static bool put_value(struct wf_flow *flow, const struct wf_asked *asked,
                      const struct wf_put *put, const struct wf_field *field,
                      struct wf_json **out, weft_error *err)
{
    struct wf_doc_env env;
    struct wf_value value;

    wf_doc_env_init(&env, flow->call, asked->doc);
    env.env.row = asked->row;
    if (!wf_expr_eval(put->value, &env.env, &value, err))
        return false;
    *out = wf_value_to_json(flow->call->arena, field, value);
    return true;
}

/* A field that the version at hand has no longer is left out. */
static bool fill(struct wf_flow *flow, const struct wf_asked *asked,
                 const struct wf_form *form, struct wf_json *data,
                 weft_error *err)
{
    const struct wf_wanted *wanted = asked->doc->step->wanted;
    struct wf_arena *arena = flow->call->arena;
    char id[WF_ID_TEXT];

    for (const struct wf_put *put = wanted->puts; put; put = put->next) {
        const struct wf_field *field = wf_form_field(form, put->field);
        struct wf_json *value;

        if (!field || wf_field_is_derived(field))
            continue;
        if (!put_value(flow, asked, put, field, &value, err))
            return false;
        if (value)
            wf_json_set(arena, data, field->id, value);
    }
    wf_id_write(asked->person, id);
    if (!asked->group && form->subject)
        wf_json_set(arena, data, form->subject->id, wf_json_text(arena, id));
    return true;
}

static bool is_anonymous(const struct wf_asked *asked)
{
    return asked->group && asked->group->anonymous;
}

/* An anonymous document is nobody's while it is made: no default, formula or
 * event may find out whose. */
static bool create(struct wf_flow *flow, const struct wf_creation *creation,
                   struct wf_doc **out, weft_error *err)
{
    const struct wf_person *me = flow->call->me;
    bool made;

    if (creation->anonymous)
        flow->call->me = NULL;
    made = wf_flow_create(flow, creation, out, err);
    flow->call->me = me;
    return made;
}

static bool give(struct wf_flow *flow, const struct wf_asked *asked,
                 const struct wf_doc *made, weft_error *err)
{
    const struct wf_rater rater = { .parent = asked->doc->id,
                                    .step = asked->doc->step->id,
                                    .party = asked->group->id,
                                    .round = asked->round,
                                    .person = asked->person };

    return wf_veil_give(flow->call, made->id, &rater, err);
}

static bool make(struct wf_flow *flow, const struct wf_asked *asked,
                 weft_error *err)
{
    const char *step = asked->doc->step->id;
    struct wf_json *data = wf_json_object(flow->call->arena);
    struct wf_creation creation = { .data = data,
                                    .parent = asked->doc->id,
                                    .by_engine = true,
                                    .reason = step,
                                    .is_mine = asked->group != NULL,
                                    .anonymous = is_anonymous(asked),
                                    .due = asked->due };
    struct wf_errand errand = { .parent = asked->doc->id,
                                .step = step,
                                .round = asked->round,
                                .party = asked->group ? asked->group->id : "" };
    struct wf_doc *made;

    if (!wf_flow_pick_form(flow, asked->doc->step->wanted->form, &creation.form,
                           err)
        || !fill(flow, asked, creation.form, data, err)
        || !create(flow, &creation, &made, err))
        return false;
    errand.document = made->id;
    return wf_errand_add(flow, &errand, err)
           && (!creation.anonymous || give(flow, asked, made, err));
}

/* Whom it is for is who is given an overlay, and who `me` is in defaults. */
bool wf_asked_make(struct wf_flow *flow, const struct wf_asked *asked,
                   weft_error *err)
{
    struct wf_call *call = flow->call;
    const struct wf_person *actor = call->me;
    bool made;

    if (flow->depth >= DEPTH_MAX)
        return wf_fail(err, WEFT_E_INVALID,
                       "Documents ask for documents %d deep at \"%s\"; do "
                       "they ask for each other?",
                       DEPTH_MAX, asked->doc->step->id);
    if (!wf_person_find(call, asked->person, &call->me, err))
        return false;
    flow->depth++;
    made = make(flow, asked, err);
    flow->depth--;
    call->me = actor;
    return made;
}
