/* def/link_intent.c - what the sentences of a file mean: intents of this file,
 * of any other, or of the engine itself.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/embed.h"
#include "base/map.h"
#include "base/messages.h"
#include "base/str.h"
#include "def/intent.h"
#include "def/kind.h"

/* Ids of intents, in the order of files. */
struct known {
    struct wf_arena *arena;
    struct wf_map ids; /* each leads to what has it */
};

/* Of all files that are being compiled or are live. */
static void add_all(struct known *known, const struct wf_world *world)
{
    const struct wf_head *head;
    size_t cursor = 0;

    while ((head = world->next(world->self, "intents", &cursor))) {
        const struct wf_intents *intents = (const void *)head;
        struct wf_json *all = wf_json_get(intents->model, "intents");

        for (size_t i = 0; i < wf_json_len(all); i++) {
            struct wf_json *intent = all->u.array.at[i];

            (void)wf_map_add(known->arena, &known->ids,
                             wf_json_str(wf_json_get(intent, "id")), intent);
        }
    }
}

/* The engine's own. */
static void add_own(struct known *known)
{
    struct wf_diags unsaid = WF_DIAGS_INIT(known->arena, "en");
    const struct wf_embedded *file = NULL;

    while ((file = wf_embedded_next("scripts/intents/", file))) {
        struct wf_elem *root =
            wf_str_ends(file->name, ".xml")
                ? wf_xml_parse(known->arena, file->name,
                               (const char *)file->data, file->len, &unsaid)
                : NULL;

        for (struct wf_elem *at = root ? root->first : NULL; at; at = at->next)
            if (wf_elem_is(at, "intent"))
                (void)wf_map_add(known->arena, &known->ids,
                                 wf_elem_get(at, "id"), at);
    }
}

static void check(struct wf_load *load, const struct known *known,
                  const struct wf_elem *said, const char *id)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(id);

    if (wf_map_find(&known->ids, id) || !wf_load_may_guess(load))
        return;
    for (size_t i = 0; i < known->ids.n; i++)
        wf_suggest_offer(&guess, known->ids.entries[i].key);
    wf_load_unknown(load, wf_place_of(said, "of"), WF_MESSAGE("intent"),
                    &guess);
}

void wf_link_sentences(struct wf_load *load, const struct wf_elem *root)
{
    const struct wf_world *world = load->world;
    struct known known = { .arena = load->scratch };

    if (!root || !world->next || world->open)
        return;
    add_all(&known, world);
    add_own(&known);
    for (const struct wf_elem *at = root->first; at; at = at->next) {
        struct wf_str rest = wf_str_of(wf_elem_get(at, "of")), id;

        while (wf_elem_is(at, "said") && wf_str_split(&rest, ' ', &id))
            if (id.len)
                check(load, &known, at, wf_arena_slice(load->scratch, id));
    }
}
