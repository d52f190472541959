/* doc/value_ref.c - values that name something else: people, units, options,
 * points of a scale, other documents.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "doc/access.h"
#include "doc/fields.h"
#include "doc/value.h"

static struct wf_json *id_text(struct wf_call *call, wf_id id)
{
    char text[WF_ID_TEXT];

    wf_id_write(id, text);
    return wf_json_text(call->arena, text);
}

bool wf_shape_person(const struct wf_shaping *s, const struct wf_json *in,
                     struct wf_json **out, weft_error *err)
{
    const struct wf_person *person = NULL;

    *out = NULL;
    if (!wf_json_is(in, WF_JSON_TEXT) && !wf_json_is(in, WF_JSON_OBJECT)) {
        wf_shape_wrong_type(
            s, wf_message(s->call->lang,
                          "a person: a login, or an object with \"id\""));
        return true;
    }
    if (!wf_person_named(s->call, in, &person, err))
        return false;
    if (person)
        *out = id_text(s->call, person->id);
    else
        wf_diag_field(s->call->findings, s->place, "person",
                      "%s: there is no such person; give the login or id of "
                      "one.",
                      wf_shape_label(s));
    return true;
}

bool wf_shape_unit(const struct wf_shaping *s, const struct wf_json *in,
                   struct wf_json **out, weft_error *err)
{
    struct wf_unit unit;
    bool found = false;

    *out = NULL;
    if (!wf_json_is(in, WF_JSON_TEXT)) {
        wf_shape_wrong_type(s, wf_message(s->call->lang, "the id of a unit"));
        return true;
    }
    if (!wf_unit_find(s->call, wf_json_str(in), &unit, &found, err))
        return false;
    if (found)
        *out = wf_json_text(s->call->arena, unit.key);
    else
        wf_diag_field(s->call->findings, s->place, "option",
                      "%s: there is no unit %s; give the id of one.",
                      wf_shape_label(s), wf_json_str(in));
    return true;
}

/* Whether a document of `form` is there that the writer may see; `*is_void`: as
 * an option it is none any more. */
static bool may_link(const struct wf_shaping *s, wf_id id, const char *form,
                     bool *out, bool *is_void, weft_error *err)
{
    struct wf_doc *doc = NULL;
    struct wf_rights rights;

    *out = *is_void = false;
    if (!wf_doc_load(s->call, id, &doc, err))
        return false;
    if (!doc || !wf_form_is_of(s->call->registry, doc->form, form))
        return true;
    if (!wf_access_decide(s->call, doc, &rights, err))
        return false;
    *out = (rights.rights & WF_RIGHT_READ) != 0;
    *is_void = *out && s->field->options_form && doc->state == WF_VOID;
    return true;
}

/* Whether the id in `text` stood there before: alone or as a member. */
static bool was_there(const struct wf_json *old, const struct wf_json *text)
{
    if (old && wf_json_equal(old, text))
        return true;
    if (!wf_json_is(old, WF_JSON_ARRAY))
        return false;
    for (size_t i = 0; i < wf_json_len(old); i++)
        if (wf_json_equal(old->u.array.at[i], text))
            return true;
    return false;
}

/* Whether the link would hang the document under itself, near or far. */
static bool closes_circle(const struct wf_shaping *s, wf_id id, bool *out,
                          weft_error *err)
{
    *out = false;
    if (s->field != s->doc->form->parent || !s->doc->stored)
        return true;
    return wf_doc_is_under(s->call, id, s->doc->id, out, err);
}

/* Whether the document `id` may stand in the field; findings if not. */
static bool judge(const struct wf_shaping *s, wf_id id, const char *form,
                  bool *good, weft_error *err)
{
    bool found = id == s->doc->id, circle = false, is_void = false;

    *good = false;
    if ((!found && !may_link(s, id, form, &found, &is_void, err))
        || (found && !closes_circle(s, id, &circle, err)))
        return false;
    if (circle)
        wf_diag_field(s->call->findings, s->place, "link",
                      "%s: what was chosen is this document itself, or hangs "
                      "under it; choose one that does not.",
                      wf_shape_label(s));
    else if (is_void)
        wf_diag_field(s->call->findings, s->place, "option",
                      "%s: what was chosen has been given up; choose another "
                      "one.",
                      wf_shape_label(s));
    else if (!found)
        wf_diag_field(s->call->findings, s->place, "link",
                      "%s: there is no document %lld of the form %s that "
                      "you can see.",
                      wf_shape_label(s), (long long)id, form);
    *good = found && !circle && !is_void;
    return true;
}

/* The document that `in` ("123" or {"id":"123"}) names, of the form `form`. */
static bool document(const struct wf_shaping *s, const struct wf_json *in,
                     const char *form, struct wf_json **out, weft_error *err)
{
    const struct wf_json *json =
        wf_json_is(in, WF_JSON_OBJECT) ? wf_json_get(in, "id") : in;
    struct wf_json *text;
    bool good = true;
    wf_id id;

    *out = NULL;
    if (!wf_json_is(json, WF_JSON_TEXT) || !wf_id_parse(json->u.text, &id)) {
        wf_shape_wrong_type(
            s, wf_message(s->call->lang, "the id of a document, as text"));
        return true;
    }
    text = id_text(s->call, id);
    if (!was_there(s->old, text) && !judge(s, id, form, &good, err))
        return false;
    if (good)
        *out = text;
    return true;
}

bool wf_shape_link(const struct wf_shaping *s, const struct wf_json *in,
                   struct wf_json **out, weft_error *err)
{
    return document(s, in, s->field->form, out, err);
}

static void refuse_option(const struct wf_shaping *s,
                          const struct wf_choices *choices)
{
    struct wf_buf names = WF_BUF_INIT(s->call->arena);

    for (const struct wf_option *o = choices ? choices->options : NULL;
         o && names.len < 200; o = o->next)
        wf_buf_printf(&names, "%s%s", names.len ? ", " : "", o->id);
    wf_diag_field(s->call->findings, s->place, "option", "%s takes one of: %s.",
                  wf_shape_label(s), wf_buf_text(&names));
}

bool wf_shape_choice(const struct wf_shaping *s, const struct wf_json *in,
                     struct wf_json **out, weft_error *err)
{
    const struct wf_field *f = s->field;

    *out = NULL;
    if (f->options_form)
        return document(s, in, f->options_form, out, err);
    if (!wf_json_is(in, WF_JSON_TEXT))
        wf_shape_wrong_type(
            s, wf_message(s->call->lang, "the id of an option, as text"));
    else if (!f->options_lua && !wf_choices_find(f->choices, wf_json_str(in)))
        refuse_option(s, f->choices);
    else
        *out = wf_json_copy(s->call->arena, in);
    return true;
}

static bool is_point(const struct wf_option *point, const struct wf_json *in)
{
    if (wf_json_is(in, WF_JSON_TEXT))
        return wf_streq(point->id, wf_json_str(in));
    return wf_json_is(in, WF_JSON_NUMBER) && point->value >= in->u.number
           && point->value <= in->u.number;
}

/* A point of the scale, by its id or its value. */
bool wf_shape_rating(const struct wf_shaping *s, const struct wf_json *in,
                     struct wf_json **out, weft_error *err)
{
    const struct wf_choices *scale = s->field->scale;

    (void)err;
    *out = NULL;
    for (const struct wf_option *o = scale ? scale->options : NULL; o;
         o = o->next)
        if (is_point(o, in)) {
            *out = wf_json_text(s->call->arena, o->id);
            return true;
        }
    refuse_option(s, scale);
    return true;
}
