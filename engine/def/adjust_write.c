/* def/adjust_write.c - what somebody may change of a form, with what it is now
 * and its limits, for a page that offers it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/str.h"
#include "def/adjust.h"
#include "def/diff.h"

static void write_bound(struct wf_json_writer *out, const char *name,
                        const struct wf_may_bound *bound)
{
    if (!bound->given)
        return;
    wf_jw_key(out, name);
    wf_jw_number(out, bound->at);
}

/* `part` NULL: of one that is yet to be added. */
static void write_value(struct wf_json_writer *out,
                        const struct wf_may_value *value,
                        const struct wf_part *part)
{
    const struct wf_part_attr *attr =
        part ? wf_part_attr(part, value->of) : NULL;

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "of", value->of);
    if (part)
        wf_jw_key_text_or_null(out, "value", attr ? attr->value : NULL);
    write_bound(out, "min", &value->min);
    write_bound(out, "max", &value->max);
    write_bound(out, "sum", &value->sum);
    if (value->one_of) {
        wf_jw_key(out, "one_of");
        wf_jw_open(out, '[');
        for (const char **one = value->one_of; *one; one++)
            wf_jw_text(out, *one);
        wf_jw_close(out, ']');
    }
    wf_jw_key_text(out, "pattern", value->pattern_text);
    wf_jw_close(out, '}');
}

static void write_values(struct wf_json_writer *out, const struct wf_may *may,
                         const struct wf_part *part)
{
    wf_jw_key(out, "values");
    wf_jw_open(out, '[');
    for (const struct wf_may_value *v = may->values; v; v = v->next)
        if (!part || wf_adjust_takes(part->elem, v->of))
            write_value(out, v, part);
    wf_jw_close(out, ']');
}

static bool is_of(const struct wf_may *may, const struct wf_part *part)
{
    return wf_streq(may->part, part->kind) && part->elem
           && wf_adjust_is_path_of(may->path, part->path);
}

static void write_part(struct wf_json_writer *out, const struct wf_adjust *rule,
                       const struct wf_may *may, const struct wf_part *part,
                       int lang)
{
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "rule", rule->id);
    wf_jw_key_text(out, "part", part->kind);
    wf_jw_key_text(out, "path", part->path);
    wf_jw_key_text(out, "label", part->label[lang]);
    if (part->within)
        wf_jw_key_text(out, "within", part->within->path);
    wf_jw_key(out, "remove");
    wf_jw_bool(out, may->remove);
    wf_jw_key(out, "move");
    wf_jw_bool(out, may->move);
    write_values(out, may, part);
    wf_jw_close(out, '}');
}

static void write_add(struct wf_json_writer *out, const struct wf_adjust *rule,
                      const struct wf_may *may, int n)
{
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "rule", rule->id);
    wf_jw_key_text(out, "part", may->part);
    wf_jw_key(out, "within");
    wf_jw_text_n(out, may->path, strlen(may->path) - strlen(".*"));
    wf_jw_key(out, "add");
    wf_jw_bool(out, may->add);
    wf_jw_key(out, "count");
    wf_jw_int(out, n);
    if (may->min > 0) {
        wf_jw_key(out, "min");
        wf_jw_int(out, may->min);
    }
    if (may->max > 0) {
        wf_jw_key(out, "max");
        wf_jw_int(out, may->max);
    }
    write_values(out, may, NULL);
    wf_jw_close(out, '}');
}

static int index_of(const char *lang)
{
    int n = WF_DIFF_LANGS - 1;

    while (n > 0 && !wf_streq(wf_diff_langs[n], lang))
        n--;
    return n;
}

void wf_adjust_write(const struct wf_adjusting *with, const char *lang,
                     struct wf_json_writer *out)
{
    struct wf_diff_side side = wf_diff_form(with->arena, with->form);
    struct wf_parts parts = { 0 };

    wf_parts_read(with->arena, &side, &parts);
    wf_jw_key(out, "parts");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < with->rules.n; i++)
        for (const struct wf_may *m = with->rules.at[i]->mays; m; m = m->next)
            for (size_t j = 0; j < parts.n; j++)
                if (is_of(m, parts.at[j]))
                    write_part(out, with->rules.at[i], m, parts.at[j],
                               index_of(lang));
    wf_jw_close(out, ']');
    wf_jw_key(out, "adds");
    wf_jw_open(out, '[');
    for (size_t i = 0; i < with->rules.n; i++)
        for (const struct wf_may *m = with->rules.at[i]->mays; m; m = m->next) {
            int n = 0;

            for (size_t j = 0; j < parts.n; j++)
                n += is_of(m, parts.at[j]);
            if (m->add || m->min > 0 || m->max > 0)
                write_add(out, with->rules.at[i], m, n);
        }
    wf_jw_close(out, ']');
}
