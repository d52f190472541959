/* def/package.c - finding the parts of a package by their ids.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/package.h"

#include "base/str.h"

const struct wf_setting *wf_package_setting(const struct wf_package *package,
                                            const char *id)
{
    const struct wf_setting *at = package->settings;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

static const struct wf_choices *choices_of(const struct wf_choices *at,
                                           const char *id)
{
    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}

const struct wf_choices *wf_package_scale(const struct wf_package *package,
                                          const char *id)
{
    return choices_of(package->scales, id);
}

const struct wf_choices *wf_package_list(const struct wf_package *package,
                                         const char *id)
{
    return choices_of(package->lists, id);
}

const struct wf_option *wf_choices_find(const struct wf_choices *choices,
                                        const char *id)
{
    const struct wf_option *at = choices->options;

    while (at && !wf_streq(at->id, id))
        at = at->next;
    return at;
}
