/* def/say.h - what people are told, a template in each language that it has.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_SAY_H
#define WF_DEF_SAY_H

#include "def/template.h"
#include "def/words.h"

struct wf_say {
    const char *lang;
    struct wf_template *text;
    struct wf_say *next; /* the first one is the package's own */
};

/* In `lang`, else in the package's own; NULL: nothing is said. */
const struct wf_template *wf_say_in(const struct wf_say *says,
                                    const char *lang);

/* What `words`, which stand at `place`, say as a message in `scope`. What has a
 * mistake is a finding, and not said. */
struct wf_say *wf_say_link(struct wf_arena *arena, struct wf_place place,
                           const struct wf_words *words,
                           const struct wf_scope *scope,
                           struct wf_diags *diags);

/* Members of a model: "message" as it stands in `lang`, and where that is more
 * than text "says", its parts. */
void wf_say_json(const struct wf_say *says, const struct wf_words *words,
                 const char *lang, struct wf_json_writer *out);

#endif
