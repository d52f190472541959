/* flow/card.c - tokens of buttons, and which buttons a card has.
 *
 * A token is "w1.PERSON.DOCUMENT.UNTIL.ACTION.ETAG.HASH", the last of them a
 * hash of what stands before it, by a key outside the store.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/card.h"

#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/messages.h"
#include "base/vault.h"
#include "doc/access.h"
#include "doc/doc_lane.h"
#include "flow/approval.h"
#include "flow/verb.h"
#include "org/person.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

enum {
    LASTS_DAYS = 14,
    PARTS = 5, /* behind the prefix, in front of the hash */
};

/* --- Tokens */

static bool hash_of(struct wf_vault *vault, const char *text, size_t len,
                    char out[WF_HASH_TEXT], weft_error *err)
{
    struct wf_hash hash;

    if (!wf_vault_hash(vault, text, len, &hash, err))
        return false;
    wf_hash_write(&hash, out);
    return true;
}

bool wf_card_seal(struct wf_call *call, const struct wf_card *card,
                  const char **token, weft_error *err)
{
    const char *text = wf_arena_printf(
        call->arena, WF_CARD_PREFIX "%" PRId64 ".%" PRId64 ".%" PRId64 ".%s.%s",
        card->person, card->document, card->until / DAY_MS, card->action,
        card->etag);
    char hash[WF_HASH_TEXT];

    if (!hash_of(call->vault, text, strlen(text), hash, err))
        return false;
    *token = wf_arena_printf(call->arena, "%s.%s", text, hash);
    return true;
}

static bool take_apart(struct wf_arena *arena, struct wf_str text,
                       struct wf_card *out)
{
    struct wf_str parts[PARTS];
    int64_t day;

    for (int i = 0; i < PARTS; i++)
        if (!wf_str_split(&text, '.', &parts[i]))
            return false;
    if (!wf_id_parse(parts[0], &out->person)
        || !wf_id_parse(parts[1], &out->document)
        || !wf_str_to_int(parts[2], &day))
        return false;
    out->until = day * DAY_MS;
    out->action = wf_arena_slice(arena, parts[3]);
    out->etag = wf_arena_slice(arena, parts[4]);
    return true;
}

bool wf_card_open(struct wf_vault *vault, struct wf_arena *arena,
                  const char *token, struct wf_card *out)
{
    const char *dot = strrchr(token, '.');
    weft_error ignored = WEFT_ERROR_INIT;
    char hash[WF_HASH_TEXT];
    size_t len = strlen(WF_CARD_PREFIX);

    if (!wf_str_starts(token, WF_CARD_PREFIX) || dot < token + len
        || strlen(dot + 1) != WF_HASH_TEXT - 1
        || !hash_of(vault, token, (size_t)(dot - token), hash, &ignored)
        || !wf_secret_equal(hash, dot + 1, WF_HASH_TEXT - 1))
        return false;
    return take_apart(
        arena, (struct wf_str){ token + len, (size_t)(dot - token) - len },
        out);
}

/* --- Buttons */

/* In the order in which they are shown. */
static const char *const shown[WF_BUTTONS] = { "approve", "return", "reject" };

/* Without what would have to be filled in first. */
static bool is_whole(const struct wf_deed *deed, const struct wf_verb *verb)
{
    const struct wf_field_set *require = &deed->level->require;

    return verb->bit != WF_VERB_APPROVE || (!require->all && require->n == 0);
}

static bool add_button(struct wf_deed *deed, const struct wf_verb *verb,
                       struct wf_card *card, const char *lang,
                       struct wf_line *line, weft_error *err)
{
    struct wf_button *button = &line->buttons[line->n_buttons];
    bool possible;

    if (!wf_verb_is_possible(verb, deed, &possible, err))
        return false;
    if (!possible || !is_whole(deed, verb))
        return true;
    card->action = verb->id;
    if (!wf_card_seal(deed->flow->call, card, &button->token, err))
        return false;
    button->label = wf_message(lang, verb->label);
    button->action = verb->id;
    button->asks_why = deed->level->explain & verb->bit;
    line->n_buttons++;
    return true;
}

static bool fill(struct wf_flow *flow, struct wf_doc *doc,
                 const struct wf_rights *rights, const char *lang,
                 struct wf_line *line, weft_error *err)
{
    struct wf_call *call = flow->call;
    struct wf_card card = { .person = call->me->id,
                            .document = doc->id,
                            .until =
                                (call->now / DAY_MS + LASTS_DAYS) * DAY_MS };
    char etag[WF_ETAG_TEXT];
    struct wf_deed deed;

    if (doc->state != WF_OPEN || !wf_approval_level(doc))
        return true;
    if (!wf_deed_begin(&deed, flow, doc, NULL, err))
        return false;
    wf_etag_write(doc, rights, "", 0, etag);
    card.etag = etag;
    for (int i = 0; i < WF_BUTTONS; i++)
        if (!add_button(&deed, wf_verb_find(shown[i]), &card, lang, line, err))
            return false;
    return true;
}

/* Theirs are the rights, so they are who asks meanwhile. What they do not see,
 * or what cannot be found out, has no buttons. */
bool wf_card_fill(struct wf_call *call, const struct wf_person *who,
                  const char *lang, struct wf_line *line, weft_error *err)
{
    const struct wf_person *me = call->me;
    bool was_system = call->system, ok;
    struct wf_budget budget = WF_BUDGET_COMMAND;
    weft_error own = WEFT_ERROR_INIT;
    struct wf_rights rights;
    struct wf_flow flow;
    struct wf_doc *doc;

    line->n_buttons = 0;
    call->me = who;
    call->system = false;
    wf_flow_begin(&flow, call, budget);
    ok = wf_doc_open(call, line->document, &doc, &rights, &own)
         && fill(&flow, doc, &rights, lang, line, &own);
    wf_flow_end(&flow);
    call->me = me;
    call->system = was_system;
    if (!ok)
        line->n_buttons = 0;
    return ok || own.code != WEFT_E_STORE || wf_fail_as(err, &own);
}
