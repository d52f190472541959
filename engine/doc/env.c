/* doc/env.c - where the formulas, conditions and templates of a document get
 * their values from.
 *
 * What is absent, or what call->me may not see of another document, is nil.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/access.h"
#include "doc/doc_lane.h"
#include "doc/history.h"
#include "doc/rollup.h"
#include "doc/stage.h"
#include "doc/title.h"
#include "store/ground.h"

enum {
    DAY_MS = 24 * 60 * 60 * 1000
};

static struct wf_value text_value(enum wf_type type, const char *text)
{
    struct wf_value value = { .type = text ? type : WF_T_NIL };

    if (text)
        value.u.text = wf_str_of(text);
    return value;
}

static struct wf_value person_value(struct wf_call *call, wf_id id)
{
    char text[WF_ID_TEXT];

    if (!id)
        return text_value(WF_T_PERSON, NULL);
    wf_id_write(id, text);
    return text_value(WF_T_PERSON, wf_arena_str(call->arena, text));
}

static struct wf_value id_value(struct wf_call *call, wf_id id)
{
    char text[WF_ID_TEXT];

    wf_id_write(id, text);
    return text_value(WF_T_TEXT, wf_arena_str(call->arena, text));
}

static struct wf_value time_value(struct wf_call *call, int64_t ms)
{
    char text[WF_TIME_TEXT];

    wf_time_write(ms, text);
    return text_value(WF_T_DATETIME, wf_arena_str(call->arena, text));
}

static struct wf_value number_value(double number)
{
    return (struct wf_value){ .type = WF_T_NUMBER, .u.number = number };
}

static struct wf_value truth(bool boolean)
{
    return (struct wf_value){ .type = WF_T_BOOLEAN, .u.boolean = boolean };
}

static bool name_value(void *self, enum wf_name name, struct wf_value *out,
                       weft_error *err)
{
    const struct wf_doc_env *env = self;
    const struct wf_doc *doc = env->doc;
    struct wf_call *call = env->call;

    (void)err;
    switch (name) {
    case WF_NAME_ID:
        *out = id_value(call, doc->id);
        break;
    case WF_NAME_FORM:
        *out = text_value(WF_T_TEXT, doc->form->id);
        break;
    case WF_NAME_VERSION:
        *out = number_value(doc->form->version);
        break;
    case WF_NAME_STEP:
        *out =
            text_value(WF_T_TEXT, doc->step ? wf_doc_own(doc).step->id : NULL);
        break;
    case WF_NAME_STATE:
        *out = text_value(WF_T_TEXT, wf_state_name(doc->state));
        break;
    case WF_NAME_LEVEL:
        *out = text_value(WF_T_TEXT, wf_doc_own(doc).level);
        break;
    case WF_NAME_HEALTH:
        *out = text_value(WF_T_TEXT, doc->health);
        break;
    case WF_NAME_CREATOR:
        *out = person_value(call, doc->creator);
        break;
    case WF_NAME_CREATED:
        *out = time_value(call, doc->created);
        break;
    case WF_NAME_UPDATED:
        *out = time_value(call, doc->updated);
        break;
    case WF_NAME_REVEALED:
        *out = truth(wf_stage_revealed(call, doc));
        break;
    case WF_NAME_FROZEN:
        *out = truth(wf_stage_frozen(call, doc));
        break;
    case WF_NAME_ME:
        *out = person_value(call, call->me ? call->me->id : 0);
        break;
    case WF_NAME_APPROVER:
        *out = person_value(call, env->approver ? env->approver->id : 0);
        break;
    case WF_NAME_SETTINGS:
    case WF_NAME_DOC:
    case WF_NAME_UNKNOWN:
        *out = text_value(WF_T_TEXT, NULL);
        break;
    }
    return true;
}

static struct wf_value plain_value(const struct wf_json *json)
{
    if (wf_json_is(json, WF_JSON_NUMBER))
        return number_value(json->u.number);
    if (wf_json_is(json, WF_JSON_TRUE) || wf_json_is(json, WF_JSON_FALSE))
        return (struct wf_value){ .type = WF_T_BOOLEAN,
                                  .u.boolean = wf_json_is_true(json) };
    return text_value(WF_T_TEXT, wf_json_str(json));
}

static bool setting_value(void *self, const char *id, struct wf_value *out,
                          weft_error *err)
{
    const struct wf_doc_env *env = self;
    const struct wf_package *package = env->doc->form->package;

    (void)err;
    *out =
        plain_value(wf_registry_setting(env->call->registry, package->id, id));
    return true;
}

static bool person_part(void *self, struct wf_str id, enum wf_person_part part,
                        struct wf_value *out, weft_error *err)
{
    const struct wf_doc_env *env = self;

    return wf_person_part_value(env->call, id, part, out, err);
}

static bool unit_name(void *self, struct wf_str key, struct wf_value *out,
                      weft_error *err)
{
    const struct wf_doc_env *env = self;

    return wf_unit_name_value(env->call, key, out, err);
}

/* In its own package's language. One that not all who see the document see is
 * nothing: it would stand in another title, for others. */
static bool document_title(void *self, struct wf_str document,
                           struct wf_value *out, weft_error *err)
{
    const struct wf_doc_env *env = self;
    struct wf_call *call = env->call;
    struct wf_rights rights;
    struct wf_doc *doc = NULL;
    wf_id id;

    *out = text_value(WF_T_NIL, NULL);
    if (!wf_id_parse(document, &id))
        return true;
    if (!wf_doc_load(call, id, &doc, err))
        return false;
    if (!doc || doc->veil || !wf_title_is_open(doc->form))
        return true;
    if (!wf_access_decide(call, doc, &rights, err))
        return false;
    if (call->system || (rights.rights & WF_RIGHT_READ))
        *out = text_value(WF_T_TEXT, doc->title);
    return true;
}

static bool follow(void *self, struct wf_str document,
                   const struct wf_field *field, struct wf_value *out,
                   weft_error *err)
{
    const struct wf_doc_env *env = self;
    const struct wf_field *there;
    struct wf_rights rights;
    struct wf_doc *doc = NULL;
    wf_id id;

    *out = text_value(WF_T_NIL, NULL);
    if (!wf_id_parse(document, &id))
        return true;
    if (!wf_doc_load(env->call, id, &doc, err))
        return false;
    if (doc && doc->veil)
        doc = NULL; /* formulas meet it as the collect's table, or not */
    there = doc ? wf_form_field(doc->form, field->path) : NULL;
    if (!there || there->type != field->type)
        return true;
    if (!wf_access_decide(env->call, doc, &rights, err))
        return false;
    if (wf_rights_see(&rights, doc->form, there))
        *out = wf_value_of(env->call->arena, there,
                           wf_json_get(doc->data, there->id));
    return true;
}

static void timely(void *self)
{
    const struct wf_doc_env *env = self;

    wf_db_rest_on(env->call->db, WF_GROUND_OTHER);
}

static bool quiet_days(void *self, const struct wf_field *const *fields,
                       size_t n, double *out, weft_error *err)
{
    const struct wf_doc_env *env = self;
    int64_t since = env->doc->updated;

    if (n
        && !wf_history_last_change(env->call, env->doc, fields, n, &since, err))
        return false;
    for (size_t i = 0; i < n; i++) {
        int64_t changed;

        if (!wf_rollup_changed(env->call, env->doc, fields[i], &changed, err))
            return false;
        since = changed > since ? changed : since;
    }
    timely(self);
    *out = (double)((env->call->now - since) / DAY_MS);
    return true;
}

static bool working_days(void *self, int32_t from, int32_t to, double *out,
                         weft_error *err)
{
    const struct wf_doc_env *env = self;
    struct wf_calendar calendar =
        wf_registry_calendar(env->call->registry, env->doc->form->package);

    (void)err;
    *out = wf_calendar_count(&calendar, from, to);
    return true;
}

void wf_doc_env_init(struct wf_doc_env *env, struct wf_call *call,
                     const struct wf_doc *doc)
{
    *env = (struct wf_doc_env){
        .env = { .arena = call->arena,
                 .data = doc->data,
                 .now = call->now,
                 .zone = doc->form->package->timezone,
                 .source = &env->source,
                 .units = call->units },
        .source = { .self = env,
                    .name = name_value,
                    .setting = setting_value,
                    .person = person_part,
                    .unit_name = unit_name,
                    .document_title = document_title,
                    .follow = follow,
                    .quiet_days = quiet_days,
                    .working_days = working_days,
                    .timely = timely },
        .call = call,
        .doc = doc,
    };
}
