/* api/overlay.c - overlays beside the present version of their base: whether
 * each would still apply to it, and what would change. Nothing moves by itself.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <weft/package.h>

#include "api/deploy.h"
#include "api/form.h"
#include "def/diff.h"

struct question {
    const char *form;
};

/* The overlay's text with its pin moved; as it is where none is found. */
static const char *repinned(struct wf_arena *arena, const char *text,
                            const struct wf_form *form, int version)
{
    const char *pin =
        wf_arena_printf(arena, "%s@%d", form->base, form->base_version);
    size_t len = strlen(pin);

    for (const char *at = strstr(text, pin); at; at = strstr(at + 1, pin))
        if (at > text && (at[-1] == '"' || at[-1] == '\'') && at[len] == at[-1])
            return wf_arena_printf(arena, "%.*s%s@%d%s", (int)(at - text), text,
                                   form->base, version, at + len);
    return text;
}

static const struct wf_form *form_in(const struct wf_bundle *bundle,
                                     const char *id)
{
    for (const struct wf_compiled *c = bundle->compiled; c; c = c->next)
        if (c->form && wf_streq(c->id, id))
            return c->form;
    return NULL;
}

/* What the overlay would be over the present version of its base. */
static bool try_on(struct wf_turn *turn, const struct wf_form *form,
                   const struct wf_form *base, struct wf_diags *findings,
                   const struct wf_form **out, weft_error *err)
{
    struct wf_call *call = &turn->call;
    struct wf_compile_options options = { call->registry, call->db, NULL };
    struct wf_version_info info;
    struct wf_text_file file;
    struct wf_bundle bundle;

    *out = NULL;
    if (!wf_version_load(call->db, call->arena, form->id, form->version, &info,
                         err))
        return false;
    file.name = info.file;
    file.text = repinned(call->arena, info.text, form, base->version);
    file.len = strlen(file.text);
    wf_compile(call->arena, &file, 1, &options, findings, &bundle);
    if (findings->n_errors == 0)
        *out = form_in(&bundle, form->id);
    return true;
}

/* Whether what is live under its id reads otherwise. */
static bool is_changed(const struct wf_turn *turn, const struct wf_form *form)
{
    const struct wf_form *live =
        wf_registry_form(turn->call.registry, form->id);

    return live && !wf_streq(live->text, form->text);
}

void wf_overlays_warn(struct wf_turn *turn, const struct wf_bundle *bundle)
{
    const struct wf_form *at;
    size_t cursor = 0;

    while ((at = wf_registry_next(turn->call.registry, &cursor))) {
        const struct wf_form *base =
            at->base ? form_in(bundle, at->base) : NULL;
        struct wf_place place = { .line = 1, .column = 1 };

        if (!base || form_in(bundle, at->id) || !is_changed(turn, base))
            continue;
        place.file = base->file;
        wf_diag_warn_at(&turn->findings, place, "overlay",
                        "overlay \"%s\" stays on version %d of \"%s\"; see "
                        "whether it applies to this one, and deploy it again",
                        at->id, at->base_version, base->id);
    }
}

static bool write_overlay(struct wf_turn *turn, const struct wf_form *form,
                          weft_error *err)
{
    struct wf_json_writer *out = &turn->out;
    struct wf_diags findings = WF_DIAGS_INIT(turn->call.arena, turn->call.lang);
    const struct wf_form *base =
        wf_registry_form(turn->call.registry, form->base);
    bool behind = base && base->version != form->base_version;
    const struct wf_form *made = NULL;

    if (behind && !try_on(turn, form, base, &findings, &made, err))
        return false;
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", form->id);
    wf_jw_key_text(out, "label",
                   wf_words_label(form->words, turn->call.lang, form->id));
    wf_jw_key(out, "version");
    wf_jw_int(out, form->version);
    wf_jw_key_text(out, "base", form->base);
    wf_jw_key(out, "base_version");
    wf_jw_int(out, form->base_version);
    wf_jw_key(out, "base_live");
    wf_jw_int(out, base ? base->version : 0);
    wf_jw_key(out, "behind");
    wf_jw_bool(out, behind);
    wf_jw_key(out, "applies");
    wf_jw_bool(out, !behind || made);
    wf_jw_key(out, "diagnostics");
    wf_diags_json(&findings, out);
    wf_jw_key(out, "changes");
    if (made) {
        wf_form_diff(form, made, turn->call.lang, out);
    } else {
        wf_jw_open(out, '[');
        wf_jw_close(out, ']');
    }
    wf_jw_close(out, '}');
    return true;
}

/* Those of the form, and the form itself if it is one. */
static bool list(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    const struct wf_form *form, *at;
    size_t cursor = 0;

    if (!wf_form_open_text(turn, question->form, 0, &form, err))
        return false;
    wf_jw_open(&turn->out, '{');
    wf_jw_key(&turn->out, "items");
    wf_jw_open(&turn->out, '[');
    while ((at = wf_registry_next(turn->call.registry, &cursor)))
        if (at->base && (at == form || wf_streq(at->base, form->id))
            && !write_overlay(turn, at, err))
            return false;
    wf_jw_close(&turn->out, ']');
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_form_overlays(weft_session *session, const char *form)
{
    struct question question = { form };

    return wf_question(session, WEFT_SCOPE_READ, list, &question);
}
