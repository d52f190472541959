/* api/retention.c - how long documents are kept, and which would go: told to
 * administrators and whoever answers for the data. Nothing is changed here.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/privacy.h>

#include "api/turn.h"
#include "base/error.h"
#include "flow/retention.h"

enum {
    LOOKED_AT = 1000, /* ended documents of one form, for one answer */
    SHOWN = 200
};

static void write_over(struct wf_json_writer *out, const struct wf_over *over)
{
    wf_jw_open(out, '{');
    wf_jw_key(out, "document");
    wf_jw_id(out, over->document);
    wf_jw_key_time(out, "ended", over->ended);
    wf_jw_key_text(out, "then",
                   over->held    ? "stay"
                   : over->erase ? "erase"
                                 : "reduce");
    wf_jw_close(out, '}');
}

static void write_counts(struct wf_json_writer *out,
                         const struct wf_overs *overs)
{
    int64_t held = 0, erase = 0;

    for (size_t i = 0; i < overs->n; i++) {
        held += overs->at[i].held;
        erase += !overs->at[i].held && overs->at[i].erase;
    }
    wf_jw_key(out, "reduce");
    wf_jw_int(out, (int64_t)overs->n - held - erase);
    wf_jw_key(out, "erase");
    wf_jw_int(out, erase);
    wf_jw_key(out, "stay");
    wf_jw_int(out, held);
    wf_jw_key(out, "more");
    wf_jw_bool(out, overs->after != 0);
}

static bool write_form(struct wf_turn *turn, const struct wf_form *form,
                       bool documents, weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    const struct wf_retention *rule = form->retention;
    struct wf_overs overs;

    if (!wf_retention_list(&turn->flow, form, 0, LOOKED_AT, &overs, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "form", form->id);
    wf_jw_key_text(out, "label",
                   wf_words_label(form->words, turn->call.lang, form->id));
    wf_jw_key_text(out, "keep", rule->keep);
    wf_jw_key_text(out, "then", rule->erase ? "erase" : "reduce");
    write_counts(out, &overs);
    if (documents) {
        wf_jw_key(out, "documents");
        wf_jw_open(out, '[');
        for (size_t i = 0; i < overs.n && i < SHOWN; i++)
            write_over(out, &overs.at[i]);
        wf_jw_close(out, ']');
    }
    wf_jw_close(out, '}');
    return true;
}

static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const char *const *only = with;
    const struct wf_form *form;
    size_t cursor = 0;

    if (!wf_turn_watches(turn, NULL, err))
        return false;
    if (*only && !wf_registry_form(turn->call.registry, *only))
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no form \"%s\".", *only);
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    while ((form = wf_registry_next(turn->call.registry, &cursor)))
        if (form->retention && (!*only || wf_streq(*only, form->id))
            && !write_form(turn, form, *only != NULL, err))
            return false;
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_retention(weft_session *session, const char *form)
{
    return wf_question(session, WEFT_SCOPE_READ, list, &form);
}
