/* base/messages.c - finding the sentence that a person reads, and the language
 * that they read. The sentences stand in messages_LAYER.c, and
 * in files for subjects that are of several layers.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/macros.h"
#include "base/messages_twins.h"
#include "base/str.h"

#define TABLE(name) wf_twins_##name,
static const struct wf_twin *const tables[] = { WF_TWINS(TABLE) };

const char *wf_message(const char *lang, const char *fmt)
{
    if (!lang || strncmp(lang, "zh", 2))
        return fmt;
    for (size_t i = 0; i < WF_COUNT(tables); i++)
        for (const struct wf_twin *twin = tables[i]; twin->en; twin++)
            if (!strcmp(twin->en, fmt))
                return twin->zh;
    return fmt;
}

/* The language served for one range of a wish ("zh-Hans-CN", "en_US.UTF-8"),
 * or NULL. */
static const char *served(struct wf_str range)
{
    bool ends =
        range.len == 2
        || (range.len > 2 && (range.at[2] == '-' || range.at[2] == '_'));

    if (ends && !strncasecmp(range.at, "zh", 2))
        return "zh-CN";
    if (ends && !strncasecmp(range.at, "en", 2))
        return "en";
    return NULL;
}

/* The weight of a range in thousandths by its parameters ("q=0.8"): RFC 9110,
 * section 12.4.2. What is no weight counts as none given. */
static int weight_of(struct wf_str parameters)
{
    struct wf_str part = wf_str_trim(parameters);
    int weight = 0;
    int unit = 1000;

    if (part.len < 3 || (part.at[0] | 0x20) != 'q' || part.at[1] != '=')
        return unit;
    for (size_t i = 2; i < part.len && unit; i++) {
        if (part.at[i] == '.')
            continue;
        if (part.at[i] < '0' || part.at[i] > '9')
            return 1000;
        weight += (part.at[i] - '0') * unit;
        unit /= 10;
    }
    return weight;
}

const char *wf_lang_choose(const char *wish, const char *fallback)
{
    struct wf_str rest = wf_str_of(wish);
    struct wf_str range;
    const char *best = fallback;
    int best_weight = 0;

    while (wf_str_split(&rest, ',', &range)) {
        struct wf_str tag = { NULL, 0 };
        const char *lang;
        int weight;

        if (!wf_str_split(&range, ';', &tag))
            continue;
        lang = served(wf_str_trim(tag));
        weight = weight_of(range);
        if (lang && weight > best_weight) {
            best = lang;
            best_weight = weight;
        }
    }
    return best;
}
