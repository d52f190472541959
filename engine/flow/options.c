/* flow/options.c - options that functions give.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/options.h"

#include "base/error.h"
#include "doc/fields.h"
#include "flow/hook.h"
#include "flow/record.h"

/* --- Asking for them */

static bool refuse_list(const struct wf_field *field, weft_error *err)
{
    return wf_fail(err, WEFT_E_INVALID,
                   "%s() must return a list of texts, or of "
                   "{ id = …, label = … }.",
                   field->options_lua);
}

/* {"id","label"} of what the function has for an option; NULL: it is none. */
static struct wf_json *option_of(struct wf_arena *arena,
                                 const struct wf_json *given)
{
    const char *id = wf_json_is(given, WF_JSON_OBJECT)
                         ? wf_json_str(wf_json_get(given, "id"))
                         : wf_json_str(given);
    const char *label = wf_json_is(given, WF_JSON_OBJECT)
                            ? wf_json_str(wf_json_get(given, "label"))
                            : id;
    struct wf_json *option = wf_json_object(arena);

    if (!id)
        return NULL;
    wf_json_set(arena, option, "id", wf_json_text(arena, id));
    wf_json_set(arena, option, "label",
                wf_json_text(arena, label ? label : id));
    return option;
}

static bool ask(struct wf_flow *flow, const struct wf_doc *doc,
                const struct wf_field *field, struct wf_json **out,
                weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_record *before = flow->record;
    struct wf_record aside;
    struct wf_json *given;
    bool ok;

    wf_record_init(&aside, arena);
    aside.trial = true;
    flow->record = &aside;
    ok = wf_hook_value(flow, doc, field->options_lua, &given, err);
    flow->record = before;
    *out = wf_json_array(arena);
    if (!ok || !given)
        return ok;
    if (wf_json_is(given, WF_JSON_OBJECT) && wf_json_len(given) == 0)
        return true; /* Lua has one {} */
    if (!wf_json_is(given, WF_JSON_ARRAY))
        return refuse_list(field, err);
    for (size_t i = 0; i < wf_json_len(given); i++) {
        struct wf_json *option = option_of(arena, given->u.array.at[i]);

        if (!option)
            return refuse_list(field, err);
        wf_json_push(arena, *out, option);
    }
    return true;
}

/* --- Looking at what was chosen */

static bool has(const struct wf_json *options, const char *id)
{
    for (size_t i = 0; i < wf_json_len(options); i++)
        if (wf_streq(wf_json_str(wf_json_get(options->u.array.at[i], "id")),
                     id))
            return true;
    return false;
}

static const char *names_of(struct wf_arena *arena,
                            const struct wf_json *options)
{
    struct wf_buf names = WF_BUF_INIT(arena);

    for (size_t i = 0; i < wf_json_len(options) && names.len < 200; i++)
        wf_buf_printf(&names, "%s%s", names.len ? ", " : "",
                      wf_json_str(wf_json_get(options->u.array.at[i], "id")));
    return wf_buf_text(&names);
}

/* One choice, or a list of them. */
static void check_value(struct wf_call *call, const struct wf_field *field,
                        const char *place, const struct wf_json *value,
                        const struct wf_json *options)
{
    if (wf_json_is(value, WF_JSON_ARRAY)) {
        for (size_t i = 0; i < wf_json_len(value); i++)
            check_value(call, field, place, value->u.array.at[i], options);
        return;
    }
    if (!wf_json_is(value, WF_JSON_TEXT) || has(options, wf_json_str(value)))
        return;
    wf_diag_field(call->findings, place, "option", "%s takes one of: %s.",
                  wf_words_label(field->words, call->lang, field->id),
                  names_of(call->arena, options));
}

static void check_all(struct wf_call *call, const struct wf_doc *doc,
                      const struct wf_field *field,
                      const struct wf_json *options)
{
    const struct wf_json *rows;

    if (!field->items) {
        check_value(call, field, field->path, wf_json_get(doc->data, field->id),
                    options);
        return;
    }
    rows = wf_json_get(doc->data, field->items->id);
    for (size_t i = 0; i < wf_json_len(rows); i++)
        check_value(call, field, wf_field_place(call->arena, field, i + 1),
                    wf_json_get(rows->u.array.at[i], field->id), options);
}

/* Of a column: whether its table has changed. */
static bool has_changed(const struct wf_doc *doc, const struct wf_field *field)
{
    const char *id = field->items ? field->items->id : field->id;

    return !wf_json_equal(wf_json_get(doc->before, id),
                          wf_json_get(doc->data, id));
}

bool wf_options_check(struct wf_flow *flow, struct wf_doc *doc, weft_error *err)
{
    for (const struct wf_field *f = wf_field_after(doc->form, NULL); f;
         f = wf_field_after(doc->form, f)) {
        struct wf_json *options;

        if (!f->options_lua || !has_changed(doc, f))
            continue;
        if (!ask(flow, doc, f, &options, err))
            return false;
        check_all(flow->call, doc, f, options);
    }
    return true;
}

bool wf_options_list(struct wf_flow *flow, const struct wf_doc *doc,
                     const struct wf_rights *rights, struct wf_json **out,
                     weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;

    *out = NULL;
    for (const struct wf_field *f = wf_field_after(doc->form, NULL); f;
         f = wf_field_after(doc->form, f)) {
        struct wf_json *options;

        if (!f->options_lua || !wf_rights_see(rights, doc->form, f))
            continue;
        if (!ask(flow, doc, f, &options, err))
            return false;
        if (!*out)
            *out = wf_json_object(arena);
        wf_json_set(arena, *out, f->path, options);
    }
    return true;
}
