/* def/parse_deadline.c - reads what steps and levels say about time: until
 * when, when to remind, and what happens to who is late.
 *
 * Source: docs/definition-language.md, "Deadlines".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/str.h"
#include "def/parse.h"

void wf_read_duration(struct wf_load *load, const struct wf_attr *attr,
                      void *member, const void *arg)
{
    (void)arg;
    if (!wf_duration_parse(wf_str_of(attr->value), member))
        wf_diag_at(load->diags, attr->place, "time",
                   "%s=\"%s\" is no duration: write one like 30min, 4h, 2d, "
                   "3wd or 2w",
                   attr->name, attr->value);
}

void wf_read_moment(struct wf_load *load, const struct wf_attr *attr,
                    void *member, const void *arg)
{
    (void)arg;
    wf_load_refer(load, WF_REF_MOMENT, attr, member);
}

void wf_read_asks(struct wf_load *load, const struct wf_attr *attr,
                  void *member, const void *arg)
{
    struct wf_deadline *deadline = member;

    deadline->asks_never = wf_streq(attr->value, "never");
    if (!deadline->asks_never)
        wf_read_moment(load, attr, &deadline->asks, arg);
}

/* What stands behind the colon of `attr`, to be resolved. */
static struct wf_ref *refer_behind(struct wf_load *load, enum wf_ref_kind kind,
                                   const struct wf_attr *attr, void *slot)
{
    struct wf_ref *ref = wf_load_refer(load, kind, attr, slot);

    ref->text = strchr(attr->value, ':') + 1;
    return ref;
}

/* clang-format off */
static const struct wf_choice_row of_levels[] = {
    { "remind",       WF_TIMEOUT_REMIND },   { "escalate", WF_TIMEOUT_ESCALATE },
    { "transfer:WHO", WF_TIMEOUT_TRANSFER }, { "approve",  WF_TIMEOUT_APPROVE },
    { "reject",       WF_TIMEOUT_REJECT },   { "to:STEP",  WF_TIMEOUT_TO },
    { NULL, 0 },
};
/* Nobody votes at a step. */
static const struct wf_choice_row of_steps[] = {
    { "remind",       WF_TIMEOUT_REMIND },   { "escalate", WF_TIMEOUT_ESCALATE },
    { "transfer:WHO", WF_TIMEOUT_TRANSFER }, { "to:STEP",  WF_TIMEOUT_TO },
    { NULL, 0 },
};
/* clang-format on */

static void read_timeout(struct wf_load *load, const struct wf_attr *attr,
                         struct wf_deadline *deadline,
                         const struct wf_choice_row *words)
{
    if (wf_str_starts(attr->value, "transfer:")) {
        deadline->timeout = WF_TIMEOUT_TRANSFER;
        refer_behind(load, WF_REF_WHO, attr, &deadline->timeout_who)->use =
            WF_WHO_FOR_WORK;
    } else if (wf_str_starts(attr->value, "to:")) {
        deadline->timeout = WF_TIMEOUT_TO;
        refer_behind(load, WF_REF_STEP, attr, &deadline->timeout_to);
    } else {
        wf_read_choice(load, attr, &deadline->timeout, words);
    }
}

void wf_read_level_timeout(struct wf_load *load, const struct wf_attr *attr,
                           void *member, const void *arg)
{
    (void)arg;
    read_timeout(load, attr, member, of_levels);
}

void wf_read_step_timeout(struct wf_load *load, const struct wf_attr *attr,
                          void *member, const void *arg)
{
    (void)arg;
    read_timeout(load, attr, member, of_steps);
}
