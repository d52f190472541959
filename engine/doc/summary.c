/* doc/summary.c - what of the data stands in the document's own row.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "doc/summary.h"

static const struct wf_json *value(const struct wf_doc *doc,
                                   const struct wf_field *field)
{
    return field ? wf_json_get(doc->data, field->id) : NULL;
}

static wf_id id_in(const struct wf_doc *doc, const struct wf_field *field)
{
    wf_id id = 0;
    const char *text = wf_json_str(value(doc, field));

    return text && wf_id_parse(wf_str_of(text), &id) ? id : 0;
}

static bool number_in(struct wf_call *call, const struct wf_doc *doc,
                      const struct wf_field *field, double *out)
{
    struct wf_value v;

    *out = 0;
    if (!field)
        return false;
    v = wf_value_of(call->arena, field, value(doc, field));
    if (v.type != WF_T_NUMBER)
        return false;
    *out = v.u.number;
    return true;
}

/* A day is due until it ends where the package is. */
static int64_t due_in(const struct wf_doc *doc)
{
    const char *text = wf_json_str(value(doc, doc->form->due));
    int64_t ms = 0;
    int32_t day;

    if (!text)
        return 0;
    if (!wf_date_parse(wf_str_of(text), &day))
        return wf_time_parse(wf_str_of(text), &ms) ? ms : 0;
    if (!wf_zone_from_local(doc->form->package->timezone, day + 1, 0, &ms))
        return 0;
    return ms - 1;
}

/* A parent that came beside the data (the API's `parent`) joins them. */
static void take_parent(struct wf_call *call, struct wf_doc *doc)
{
    const struct wf_field *field = doc->form->parent;
    char text[WF_ID_TEXT];

    if (!field)
        return;
    if (!doc->stored && doc->parent && !value(doc, field)) {
        wf_id_write(doc->parent, text);
        wf_json_set(call->arena, doc->data, field->id,
                    wf_json_text(call->arena, text));
    }
    doc->parent = id_in(doc, field);
}

bool wf_summary_title(struct wf_call *call, const char *lang,
                      const struct wf_doc *doc, const struct wf_sight *sight,
                      const char **out, weft_error *err)
{
    const struct wf_form *form = doc->form;
    const struct wf_template *title = form->title;
    struct wf_doc_env env;

    if (!title) {
        *out = wf_words_label(form->words, lang, form->id);
        return true;
    }
    if (form->title_other && !wf_streq(lang, form->package->lang))
        title = form->title_other;
    wf_doc_env_init(&env, call, doc);
    return wf_template_fill_for(title, sight, &env.env, out, err);
}

static bool take_titles(struct wf_call *call, struct wf_doc *doc,
                        weft_error *err)
{
    const struct wf_form *form = doc->form;
    const char *own = form->package->lang;
    const char *other = wf_streq(own, "en") ? "zh-CN" : "en";

    doc->title_other = NULL;
    if (!wf_summary_title(call, own, doc, NULL, &doc->title, err))
        return false;
    if (form->title && !form->title_other)
        return true; /* it is called the same */
    if (!wf_summary_title(call, other, doc, NULL, &doc->title_other, err))
        return false;
    if (wf_streq(doc->title, doc->title_other))
        doc->title_other = NULL;
    return true;
}

bool wf_doc_refresh(struct wf_call *call, struct wf_doc *doc, weft_error *err)
{
    const struct wf_form *form = doc->form;

    if (form->subject)
        doc->subject = id_in(doc, form->subject);
    if (form->period)
        doc->period = wf_json_str(value(doc, form->period));
    if (form->due)
        doc->due = due_in(doc);
    doc->has_score = number_in(call, doc, form->score, &doc->score);
    doc->has_progress = number_in(call, doc, form->progress, &doc->progress);
    take_parent(call, doc);
    return take_titles(call, doc, err);
}

const char *wf_summary_uniq(struct wf_call *call, const struct wf_doc *doc)
{
    struct wf_buf text = WF_BUF_INIT(call->arena);

    if (!doc->form->unique || doc->state == WF_VOID)
        return NULL;
    for (const struct wf_field **f = doc->form->unique; *f; f++) {
        if (wf_json_is_nothing(value(doc, *f)))
            return NULL;
        wf_buf_char(&text, f == doc->form->unique ? '[' : ',');
        wf_json_write_canonical(&text, value(doc, *f));
    }
    wf_buf_char(&text, ']');
    return wf_buf_text(&text);
}
