/* def/check.c - judges a form once it is whole. Mistakes of reading and naming
 * are known by then; here it is asked whether it makes sense.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/check.h"

#include "def/form_load.h"

void wf_check_form(struct wf_load *load)
{
    wf_check_fields(load);
    wf_check_rollups(load);
    wf_check_rules(load);
    wf_check_flow(load);
    wf_check_wanted(load);
    wf_check_edit(load);
    wf_check_access(load);
    wf_check_appeal(load);
    wf_check_hooks(load);
}
