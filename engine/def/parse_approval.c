/* def/parse_approval.c - reads <approval>: levels, climbs, fast tracks.
 *
 * Whatever a level may say may stand on the approval, for all its levels; the
 * level wins.
 * Source: docs/definition-language.md, "Workflow".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

/* An approval while it is read. `step` outlives the reading. */
struct approval {
    struct wf_step step;
    struct wf_level defaults;
};

/* --- What a level and an approval may both say */

static void read_agree(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    static const struct wf_choice_row words[] = {
        { "any", WF_AGREE_ANY },         { "all", WF_AGREE_ALL },
        { "veto", WF_AGREE_VETO },       { "share:0.6", WF_AGREE_SHARE },
        { "weight:3", WF_AGREE_WEIGHT }, { NULL, 0 },
    };
    struct wf_level *level = member;
    struct wf_attr number = *attr;
    const char *colon = strchr(attr->value, ':');
    bool share = wf_str_starts(attr->value, "share:");

    (void)arg;
    if (!share && !wf_str_starts(attr->value, "weight:")) {
        wf_read_choice(load, attr, &level->agree, words);
        return;
    }
    level->agree = share ? WF_AGREE_SHARE : WF_AGREE_WEIGHT;
    number.value = colon + 1;
    if (share && strspn(number.value, "0123456789.") != strlen(number.value))
        level->agree_n = 0; /* 60%: said below */
    else if (!wf_load_number(load, &number, &level->agree_n))
        return;
    if (share && (level->agree_n <= 0 || level->agree_n > 1))
        wf_diag_at(load->diags, attr->place, "type",
                   "a share is above 0 and at most 1, such as share:0.6");
    if (!share && level->agree_n <= 0)
        wf_diag_at(load->diags, attr->place, "type",
                   "a weight to be reached is above 0, such as weight:3");
}

/* clang-format off */
static const struct wf_choice_row order_words[] = {
    { "together", WF_TOGETHER }, { "one-by-one", WF_ONE_BY_ONE }, { NULL, 0 },
};
static const struct wf_choice_row repeat_words[] = {
    { "once", WF_REPEAT_ONCE }, { "adjacent", WF_REPEAT_ADJACENT },
    { "ask",  WF_REPEAT_ASK },  { NULL, 0 },
};
static const struct wf_choice_row self_words[] = {
    { "skip", WF_SELF_SKIP }, { "manager", WF_SELF_MANAGER },
    { "ask",  WF_SELF_ASK },  { NULL, 0 },
};
static const struct wf_choice_row return_words[] = {
    { "none",  WF_RETURN_NONE },  { "any",      WF_RETURN_ANY },
    { "start", WF_RETURN_START }, { "previous", WF_RETURN_PREVIOUS },
    { NULL, 0 },
};
static const struct wf_choice_row resume_words[] = {
    { "again", WF_RESUME_AGAIN }, { "here", WF_RESUME_HERE }, { NULL, 0 },
};
/* clang-format on */

static const unsigned who_works = WF_WHO_FOR_WORK;
static const unsigned use_approver = WF_USE_APPROVER;
static const struct wf_range levels_range = { 1, WF_MAX_LEVELS };
static const size_t nobody_person = offsetof(struct wf_level, nobody_person)
                                    - offsetof(struct wf_level, nobody);

/* The rows that both share, for a struct whose level stands at `base`. */
#define SHARED_ROWS(base)                                                      \
    { "agree", read_agree, (base), false, NULL },                              \
        { "order", wf_read_choice, (base) + offsetof(struct wf_level, order),  \
          false, order_words },                                                \
        { "nobody", wf_read_nobody,                                            \
          (base) + offsetof(struct wf_level, nobody), false, &nobody_person }, \
        { "repeat", wf_read_choice,                                            \
          (base) + offsetof(struct wf_level, repeat), false, repeat_words },   \
        { "self", wf_read_choice, (base) + offsetof(struct wf_level, self),    \
          false, self_words },                                                 \
        { "return", wf_read_choice,                                            \
          (base) + offsetof(struct wf_level, returns), false, return_words },  \
        { "resume", wf_read_choice,                                            \
          (base) + offsetof(struct wf_level, resume), false, resume_words },   \
        { "within", wf_read_duration,                                          \
          (base) + offsetof(struct wf_level, deadline.within), false, NULL },  \
        { "remind", wf_read_duration,                                          \
          (base) + offsetof(struct wf_level, deadline.remind), false, NULL },  \
        { "timeout", wf_read_level_timeout,                                    \
          (base) + offsetof(struct wf_level, deadline), false, NULL },         \
        { "allow", wf_read_verbs, (base) + offsetof(struct wf_level, allow),   \
          false, NULL },                                                       \
        { "deny", wf_read_verbs, (base) + offsetof(struct wf_level, deny),     \
          false, NULL },                                                       \
        { "comment", wf_read_explain,                                          \
          (base) + offsetof(struct wf_level, explain), false, NULL },          \
        { "edit", wf_read_set, (base) + offsetof(struct wf_level, edit),       \
          false, NULL },                                                       \
    {                                                                          \
        "require", wf_read_set, (base) + offsetof(struct wf_level, require),   \
            false, NULL                                                        \
    }

/* --- Levels */

#define AT(member) offsetof(struct wf_level, member)
/* clang-format off */
static const struct wf_attr_row level_attrs[] = {
    { "id",    wf_read_id,   AT(id),    true,  NULL },
    { "label", wf_read_word, AT(words), false, &wf_word_label },
    { "help",  wf_read_word, AT(words), false, &wf_word_help },
    { "by",    wf_read_who,  AT(by),    true,  &who_works },
    { "when",  wf_read_when, AT(when),  false, NULL },
    SHARED_ROWS(0),
};
static const struct wf_attr_row climb_attrs[] = {
    { "id",     wf_read_id,    AT(id),           false, NULL },
    { "label",  wf_read_word,  AT(words),        false, &wf_word_label },
    { "help",   wf_read_word,  AT(words),        false, &wf_word_help },
    { "from",   wf_read_who,   AT(by),           true,  &who_works },
    { "when",   wf_read_when,  AT(when),         false, NULL },
    { "levels", wf_read_count, AT(climb_levels), true,  &levels_range },
    { "until",  wf_read_when,  AT(climb_until),  false, &use_approver },
    SHARED_ROWS(0),
};
/* clang-format on */

const struct wf_shape wf_level_shape = { level_attrs, WF_COUNT(level_attrs),
                                         NULL, 0, AT(words) };
const struct wf_shape wf_climb_shape = { climb_attrs, WF_COUNT(climb_attrs),
                                         NULL, 0, AT(words) };
#undef AT

/* What the approval says for all its levels, but for what is its own. */
static struct wf_level *new_level(struct wf_load *load,
                                  const struct wf_elem *elem,
                                  const struct wf_level *defaults)
{
    struct wf_level *level = WF_NEW(load->arena, struct wf_level);

    *level = *defaults;
    level->place = elem->place;
    return level;
}

static void add_level(struct wf_load *load, const struct wf_elem *elem,
                      struct approval *approval, struct wf_level *level)
{
    struct wf_level **end = &approval->step.levels;
    struct wf_level_at *at;
    size_t n = 0;

    for (; *end; end = &(*end)->next, n++)
        if (level->id && wf_streq((*end)->id, level->id)) {
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "there is a level \"%s\" already, in line %d; give "
                       "each an id of its own",
                       level->id, (*end)->place.line);
            return;
        }
    if (!level->id || !wf_load_room(load, elem, n, WF_MAX_LEVELS))
        return;
    *end = level;
    at = WF_PUSH(load->scratch, &load->levels);
    at->level = level;
    at->approval = &approval->step;
    at->defaults = &approval->defaults;
    at->elem = elem;
}

static void parse_level(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct approval *approval = parent;
    struct wf_level *level = new_level(load, elem, &approval->defaults);

    wf_load_read(load, elem, &wf_level_shape, level);
    add_level(load, elem, approval, level);
}

static void parse_climb(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct approval *approval = parent;
    struct wf_level *level = new_level(load, elem, &approval->defaults);

    level->id = "climb";
    level->climb = true;
    wf_load_read(load, elem, &wf_climb_shape, level);
    add_level(load, elem, approval, level);
}

/* --- Fast tracks */

/* clang-format off */
static const struct wf_attr_row fast_attrs[] = {
    { "when",   wf_read_when,  offsetof(struct wf_fast_track, when),   true, NULL },
    { "levels", wf_read_words, offsetof(struct wf_fast_track, levels), true, NULL },
};
/* clang-format on */

static const struct wf_shape fast_shape = { fast_attrs, WF_COUNT(fast_attrs),
                                            NULL, 0, WF_NO_WORDS };

static void parse_fast_track(struct wf_load *load, const struct wf_elem *elem,
                             void *parent)
{
    struct approval *approval = parent;
    struct wf_fast_track *track = WF_NEW(load->arena, struct wf_fast_track);
    struct wf_fast_track **end = &approval->step.fast_tracks;
    size_t n = 0;

    track->place = elem->place;
    wf_load_read(load, elem, &fast_shape, track);
    track->place = wf_place_of(elem, "levels");
    for (; *end; end = &(*end)->next)
        n++;
    if (track->levels && wf_load_room(load, elem, n, WF_MAX_LEVELS))
        *end = track;
}

/* --- The approval */

#define AT(member) offsetof(struct approval, step.member)
/* clang-format off */
static const struct wf_attr_row approval_attrs[] = {
    { "id",         wf_read_id,    AT(id),         true,  NULL },
    { "label",      wf_read_word,  AT(words),      false, &wf_word_label },
    { "help",       wf_read_word,  AT(words),      false, &wf_word_help },
    { "approved",   wf_read_step,  AT(approved),   true,  NULL },
    { "rejected",   wf_read_step,  AT(rejected),   true,  NULL },
    { "max-levels", wf_read_count, AT(max_levels), false, &levels_range },
    SHARED_ROWS(offsetof(struct approval, defaults)),
};
static const struct wf_kid_row approval_kids[] = {
    { "level",      parse_level },
    { "climb",      parse_climb },
    { "fast-track", parse_fast_track },
};
/* clang-format on */

const struct wf_shape wf_approval_shape = {
    approval_attrs, WF_COUNT(approval_attrs), approval_kids,
    WF_COUNT(approval_kids), AT(words)
};
#undef AT

void wf_parse_approval(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    struct approval *approval = WF_NEW(load->arena, struct approval);

    (void)parent;
    approval->step.kind = WF_STEP_APPROVAL;
    approval->step.place = elem->place;
    approval->defaults.nobody = load->package->policy.nobody;
    approval->defaults.nobody_person = load->package->policy.nobody_person;
    wf_load_read(load, elem, &wf_approval_shape, approval);
    wf_load_add_step(load, elem, &approval->step);
}
