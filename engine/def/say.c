/* def/say.c - what people are told, a template in each language that it has.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/say.h"

#include <string.h>

#include "base/str.h"

const struct wf_template *wf_say_in(const struct wf_say *says, const char *lang)
{
    for (const struct wf_say *at = says; at; at = at->next)
        if (wf_streq(at->lang, lang))
            return at->text;
    return says ? says->text : NULL;
}

struct wf_say *wf_say_link(struct wf_arena *arena, struct wf_place place,
                           const struct wf_words *words,
                           const struct wf_scope *scope, struct wf_diags *diags)
{
    struct wf_say *first = NULL, **end = &first;

    for (; words; words = words->next) {
        const char *text = words->at[WF_WORD_MESSAGE];
        struct wf_template *template =
            text ? wf_template_parse(arena, place, text, diags) : NULL;

        if (!template || !wf_template_link(arena, template, scope, diags))
            continue;
        *end = WF_NEW(arena, struct wf_say);
        (*end)->lang = words->lang;
        (*end)->text = template;
        end = &(*end)->next;
    }
    return first;
}

void wf_say_json(const struct wf_say *says, const struct wf_words *words,
                 const char *lang, struct wf_json_writer *out)
{
    const char *text = wf_words_get(words, lang, WF_WORD_MESSAGE);
    const struct wf_template *template = wf_say_in(says, lang);

    wf_jw_key_text(out, "message", text);
    if (!template || !text || !strpbrk(text, "{}"))
        return;
    wf_jw_key(out, "says");
    wf_template_json(template, out);
}
