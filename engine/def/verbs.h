/* def/verbs.h - the verbs that every work item has, by name and as a set.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_VERBS_H
#define WF_DEF_VERBS_H

#include <stddef.h>

/* In the order of wf_verb_at(). */
enum wf_verb_bit {
    WF_VERB_APPROVE = 1,
    WF_VERB_REJECT = 1 << 1,
    WF_VERB_RETURN = 1 << 2,
    WF_VERB_TRANSFER = 1 << 3,
    WF_VERB_DELEGATE = 1 << 4,
    WF_VERB_ADD = 1 << 5,
    WF_VERB_REMOVE = 1 << 6,
    WF_VERB_WITHDRAW = 1 << 7,
    WF_VERB_URGE = 1 << 8,
    WF_VERB_CC = 1 << 9,
    WF_VERB_COMMENT = 1 << 10,
    WF_VERB_ATTACH = 1 << 11,
    WF_VERB_REOPEN = 1 << 12,
    WF_VERB_APPEAL = 1 << 13,

    /* Taken from an end: the form's, no level's. */
    WF_VERBS_OF_ENDS = WF_VERB_REOPEN | WF_VERB_APPEAL,
};

/* Their names; NULL at the end. No action may bear one of them. */
const char *wf_verb_at(size_t i);

/* The bit of a name; 0: no verb is called so. */
unsigned wf_verb_bit(const char *name);

#endif
