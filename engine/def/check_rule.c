/* def/check_rule.c - do the messages of rules make sense?
 *
 * They are linked twice: where a form is read again that was deployed before
 * they were templates, what is wrong with them must not keep it from living.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/check.h"
#include "def/link.h"

void wf_check_rules(struct wf_load *load)
{
    for (const struct wf_rule *rule = load->form->rules; rule;
         rule = rule->next)
        (void)wf_link_message(load, rule, load->diags);
}
