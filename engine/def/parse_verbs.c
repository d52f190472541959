/* def/parse_verbs.c - reads the verbs that a level allows, denies, or wants a
 * comment with.
 *
 * Source: docs/definition-language.md, "Approvals".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "base/messages.h"
#include "base/str.h"
#include "def/parse.h"

static unsigned verb_of(struct wf_load *load, const struct wf_attr *attr,
                        const char *word)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(word);
    unsigned verb = wf_verb_bit(word);

    if (verb & WF_VERBS_OF_ENDS) {
        wf_diag_at(load->diags, attr->place, "unknown",
                   "\"%s\" is taken from an end, where no level is; who may "
                   "do it stands in <access>",
                   word);
        return 0;
    }
    if (verb)
        return verb;
    for (size_t i = 0; wf_verb_at(i); i++)
        wf_suggest_offer(&guess, wf_verb_at(i));
    wf_load_unknown(load, attr->place, WF_MESSAGE("verb"), &guess);
    return 0;
}

void wf_read_verbs(struct wf_load *load, const struct wf_attr *attr,
                   void *member, const void *arg)
{
    struct wf_str rest = wf_str_of(attr->value), part;
    unsigned verbs = 0;

    (void)arg;
    while (wf_str_split(&rest, ' ', &part))
        if (part.len)
            verbs |= verb_of(load, attr, wf_arena_slice(load->scratch, part));
    if (wf_streq(attr->name, "deny") && verbs & WF_VERB_APPROVE)
        wf_diag_at(load->diags, attr->place, "type",
                   "a level that nobody may approve could never be passed; "
                   "leave \"approve\" out");
    *(unsigned *)member = verbs;
}

void wf_read_explain(struct wf_load *load, const struct wf_attr *attr,
                     void *member, const void *arg)
{
    if (wf_streq(attr->value, "required"))
        *(unsigned *)member = ~(unsigned)WF_VERB_COMMENT;
    else if (wf_streq(attr->value, "optional"))
        *(unsigned *)member = 0;
    else
        wf_read_verbs(load, attr, member, arg);
}
