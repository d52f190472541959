/* doc/override.c - values set over those of a document: {"field":{"computed",
 * "value","reason","by","at"}} in doc->overrides.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/override.h"

#include "doc/show.h"

bool wf_override_is_set(const struct wf_doc *doc, const struct wf_field *field)
{
    return doc->overrides && !field->items
           && wf_json_get(doc->overrides, field->id);
}

static void put(struct wf_call *call, struct wf_json *holder, const char *id,
                struct wf_json *value)
{
    if (wf_json_is_nothing(value))
        wf_json_remove(holder, id);
    else
        wf_json_set(call->arena, holder, id, value);
}

static void take_away(struct wf_call *call, struct wf_doc *doc,
                      const struct wf_field *field)
{
    const struct wf_json *one =
        doc->overrides ? wf_json_get(doc->overrides, field->id) : NULL;

    if (!one)
        return;
    put(call, doc->data, field->id, wf_json_get(one, "computed"));
    wf_json_remove(doc->overrides, field->id);
    if (wf_json_len(doc->overrides) == 0)
        doc->overrides = NULL;
}

void wf_override_set(struct wf_call *call, struct wf_doc *doc,
                     const struct wf_field *field, struct wf_json *value,
                     const char *reason)
{
    struct wf_json *one;
    char text[WF_TIME_TEXT];

    take_away(call, doc, field);
    if (wf_json_is_nothing(value))
        return;
    one = wf_json_object(call->arena);
    put(call, one, "computed", wf_json_get(doc->data, field->id));
    wf_json_set(call->arena, one, "value", value);
    wf_json_set(call->arena, one, "reason", wf_json_text(call->arena, reason));
    wf_time_write(call->now, text);
    wf_json_set(call->arena, one, "at", wf_json_text(call->arena, text));
    if (call->me) {
        wf_id_write(call->me->id, text);
        wf_json_set(call->arena, one, "by", wf_json_text(call->arena, text));
    }
    if (!doc->overrides)
        doc->overrides = wf_json_object(call->arena);
    wf_json_set(call->arena, doc->overrides, field->id, one);
}

/* What is entered stays in the data: where it is still the value set over it,
 * nobody has entered another since. */
void wf_override_apply(struct wf_call *call, struct wf_doc *doc,
                       const struct wf_field *field)
{
    bool derived = field->formula || field->rolled;
    struct wf_json *own, *one;

    if (!wf_override_is_set(doc, field))
        return;
    own = wf_json_get(doc->data, field->id);
    one = wf_json_get(doc->overrides, field->id);
    if (derived || !own || !wf_json_equal(own, wf_json_get(one, "value")))
        put(call, one, "computed", own);
    wf_json_set(call->arena, doc->data, field->id, wf_json_get(one, "value"));
}

/* --- What people see */

static bool write_value(const struct wf_showing *s,
                        const struct wf_field *field, const char *key,
                        struct wf_json *value, struct wf_json_writer *out,
                        weft_error *err)
{
    struct wf_json *shown = NULL;

    if (value && !wf_show_value(s, field, value, &shown, err))
        return false;
    wf_jw_key(out, key);
    wf_jw_tree(out, shown ? shown : wf_json_null(s->call->arena));
    return true;
}

static bool write_person(struct wf_call *call, const struct wf_json *one,
                         struct wf_json_writer *out, weft_error *err)
{
    const char *text = wf_json_str(wf_json_get(one, "by"));
    const struct wf_person *person = NULL;
    wf_id id;

    if (text && wf_id_parse(wf_str_of(text), &id)
        && !wf_person_find(call, id, &person, err))
        return false;
    wf_jw_key(out, "by");
    wf_person_json(person, out);
    return true;
}

bool wf_override_write_one(struct wf_call *call, const struct wf_doc *doc,
                           const struct wf_rights *rights,
                           const struct wf_field *field,
                           struct wf_json_writer *out, weft_error *err)
{
    const struct wf_showing s = { .call = call,
                                  .form = doc->form,
                                  .rights = rights };
    struct wf_json *one = wf_override_is_set(doc, field)
                              ? wf_json_get(doc->overrides, field->id)
                              : NULL;

    if (!one) {
        wf_jw_null(out);
        return true;
    }
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "field", field->id);
    if (!write_value(&s, field, "computed", wf_json_get(one, "computed"), out,
                     err)
        || !write_value(&s, field, "value", wf_json_get(one, "value"), out, err)
        || !write_person(call, one, out, err))
        return false;
    wf_jw_key_text(out, "reason", wf_json_str(wf_json_get(one, "reason")));
    wf_jw_key_text(out, "at", wf_json_str(wf_json_get(one, "at")));
    wf_jw_close(out, '}');
    return true;
}

bool wf_override_write(struct wf_call *call, const struct wf_doc *doc,
                       const struct wf_rights *rights,
                       struct wf_json_writer *out, weft_error *err)
{
    wf_jw_key(out, "overrides");
    wf_jw_open(out, '[');
    for (const struct wf_field *f = doc->form->fields; f && doc->overrides;
         f = f->next)
        if (wf_override_is_set(doc, f) && wf_rights_see(rights, doc->form, f)
            && !wf_override_write_one(call, doc, rights, f, out, err))
            return false;
    wf_jw_close(out, ']');
    return true;
}
