/* def/intent.h - what people may say to the assistant: the words of a package
 * and the sentences that they make, each with the slots that are filled from
 * what was said.
 *
 * Whoever matches them (scripts/intents) is a script, so the sentences are kept
 * as the tree that it reads:
 *
 *     {"id","intents":[{"id","does","labels":{LANG:text},"says":[[item…]…],
 *                  "slots":[{"id","type",…}],"examples":[{"lang","text"}]}]}
 *
 * Source: docs/assistant.md.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_INTENT_H
#define WF_DEF_INTENT_H

#include "base/json.h"
#include "base/list.h"
#include "base/phrases.h"
#include "def/head.h"

struct wf_package;

/* A sentence that means an intent of this or another file, folded; `kind` is
 * its id, with a choice that the sentence makes ("my-work only=approve"), or
 * several of them with '|' between. */
struct wf_said {
    const char *text, *kind;
};

struct wf_intents {
    struct wf_head head;
    struct wf_json *model;
    struct wf_map words;        /* their ids */
    struct wf_phrases *phrases; /* with those ids */
    WF_LIST(struct wf_said) said;
};

/* Finds fault with each <said of> that names an intent which neither what is
 * compiled, nor what is live, nor the engine has. For the kind
 * (parse_intent.c); `root` NULL: it was found right when it was deployed. */
struct wf_load;
struct wf_elem;
void wf_link_sentences(struct wf_load *load, const struct wf_elem *root);

/* What everybody may say, whatever is deployed: the files of `scripts/intents`,
 * in order of name. They are read when somebody first asks for them; any thread
 * may. */
struct wf_general;
struct wf_general *wf_general_new(void);
void wf_general_free(struct wf_general *general);

struct wf_general_intents {
    const struct wf_intents **at;
    size_t n, cap;
};
const struct wf_general_intents *wf_general_read(struct wf_general *general);

#endif
