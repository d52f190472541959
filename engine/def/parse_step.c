/* def/parse_step.c - reads <workflow>: steps with their actions, branches,
 * ends. Approvals are parse_approval.c's, what asks for other documents is
 * parse_wanted.c's, lanes are parse_parallel.c's.
 *
 * Source: docs/definition-language.md, "Workflow".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

static const unsigned who_works = WF_WHO_FOR_WORK;

/* --- Actions */

static void read_action_id(struct wf_load *load, const struct wf_attr *attr,
                           void *member, const void *arg)
{
    if (wf_verb_bit(attr->value))
        wf_diag_at(load->diags, attr->place, "reserved",
                   "no action may be called \"%s\": every work item has this "
                   "verb already",
                   attr->value);
    wf_read_id(load, attr, member, arg);
}

static void read_comment(struct wf_load *load, const struct wf_attr *attr,
                         void *member, const void *arg)
{
    static const struct wf_choice_row words[] = { { "optional", false },
                                                  { "required", true },
                                                  { NULL, 0 } };
    unsigned required = 0;

    (void)arg;
    wf_read_choice(load, attr, &required, words);
    *(bool *)member = required;
}

#define AT(member) offsetof(struct wf_action, member)
/* clang-format off */
static const struct wf_attr_row action_attrs[] = {
    { "id",      read_action_id, AT(id),               true,  NULL },
    { "label",   wf_read_word,   AT(words),            false, &wf_word_label },
    { "help",    wf_read_word,   AT(words),            false, &wf_word_help },
    { "message", wf_read_word,   AT(words),            false, &wf_word_message },
    { "to",      wf_read_step,   AT(to),               false, NULL },
    { "when",    wf_read_when,   AT(when),             false, NULL },
    { "by",      wf_read_who,    AT(by),               false, &who_works },
    { "confirm", wf_read_bool,   AT(confirm),          false, NULL },
    { "comment", read_comment,   AT(comment_required), false, NULL },
};
/* clang-format on */
#undef AT

static const struct wf_shape action_shape = {
    action_attrs, WF_COUNT(action_attrs), NULL, 0,
    offsetof(struct wf_action, words)
};

static void parse_action(struct wf_load *load, const struct wf_elem *elem,
                         void *parent)
{
    struct wf_step *step = parent;
    struct wf_action *action = WF_NEW(load->arena, struct wf_action);
    struct wf_action **end = &step->actions;
    size_t n = 0;

    action->place = elem->place;
    wf_load_read(load, elem, &action_shape, action);
    for (; *end; end = &(*end)->next, n++)
        if (action->id && wf_streq((*end)->id, action->id)) {
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "there is an action \"%s\" already, in line %d",
                       action->id, (*end)->place.line);
            return;
        }
    if (action->id && wf_load_room(load, elem, n, WF_MAX_ACTIONS))
        *end = action;
}

/* --- Steps of all kinds */

void wf_load_add_step(struct wf_load *load, const struct wf_elem *elem,
                      struct wf_step *step)
{
    struct wf_form *form = load->form;
    const struct wf_step *other;
    struct wf_step_at *at;

    load->steps_broken = load->steps_broken || !step->id;
    if (!step->id)
        return;
    step->lane = load->lane;
    other = wf_map_find(&form->step_ids, step->id);
    if (other) {
        wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                   "there is a step \"%s\" already, in line %d", step->id,
                   other->place.line);
        return;
    }
    if (!wf_load_room(load, elem, load->steps.n, WF_MAX_STEPS))
        return;
    (void)wf_map_add(load->arena, &form->step_ids, step->id, step);
    if (load->steps.n)
        load->steps.at[load->steps.n - 1].step->next = step;
    else
        form->steps = step;
    at = WF_PUSH(load->scratch, &load->steps);
    at->step = step;
    at->elem = elem;
}

static void parse_as(struct wf_load *load, const struct wf_elem *elem,
                     enum wf_step_kind kind, const struct wf_shape *shape)
{
    struct wf_step *step = WF_NEW(load->arena, struct wf_step);

    step->kind = kind;
    step->place = elem->place;
    wf_load_read(load, elem, shape, step);
    wf_load_add_step(load, elem, step);
}

#define AT(member) offsetof(struct wf_step, member)
/* clang-format off */
static const struct wf_attr_row step_attrs[] = {
    { "id",      wf_read_id,   AT(id),      true,  NULL },
    { "label",   wf_read_word, AT(words),   false, &wf_word_label },
    { "help",    wf_read_word, AT(words),   false, &wf_word_help },
    { "by",      wf_read_who,  AT(by),      true,  &who_works },
    { "tell",    wf_read_who,  AT(tell),    false, &who_works },
    { "edit",    wf_read_set,  AT(edit),    false, NULL },
    { "require", wf_read_set,  AT(require), false, NULL },
    { "asks",    wf_read_asks,         AT(deadline),        false, NULL },
    { "within",  wf_read_duration,     AT(deadline.within), false, NULL },
    { "due",     wf_read_moment,       AT(deadline.due),    false, NULL },
    { "remind",  wf_read_duration,     AT(deadline.remind), false, NULL },
    { "timeout", wf_read_step_timeout, AT(deadline),        false, NULL },
};
static const struct wf_kid_row step_kids[] = { { "action", parse_action } };
/* clang-format on */

const struct wf_shape wf_step_shape = { step_attrs, WF_COUNT(step_attrs),
                                        step_kids, WF_COUNT(step_kids),
                                        AT(words) };

static void parse_step(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    (void)parent;
    parse_as(load, elem, WF_STEP_WORK, &wf_step_shape);
}

/* --- Ends */

static void read_state(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    static const struct wf_choice_row words[] = { { "done", false },
                                                  { "void", true },
                                                  { NULL, 0 } };
    unsigned is_void = 0;

    (void)arg;
    wf_read_choice(load, attr, &is_void, words);
    *(bool *)member = is_void;
}

/* clang-format off */
static const struct wf_attr_row end_attrs[] = {
    { "id",    wf_read_id,   AT(id),    true,  NULL },
    { "label", wf_read_word, AT(words), false, &wf_word_label },
    { "help",  wf_read_word, AT(words), false, &wf_word_help },
    { "state", read_state,   AT(void_), false, NULL },
    { "tell",  wf_read_who,  AT(tell),  false, &who_works },
};
/* clang-format on */

const struct wf_shape wf_end_shape = { end_attrs, WF_COUNT(end_attrs), NULL, 0,
                                       AT(words) };

static void parse_end(struct wf_load *load, const struct wf_elem *elem,
                      void *parent)
{
    (void)parent;
    parse_as(load, elem, WF_STEP_END, &wf_end_shape);
}

/* --- Branches */

/* clang-format off */
static const struct wf_attr_row go_attrs[] = {
    { "when", wf_read_when, offsetof(struct wf_go, when), false, NULL },
    { "to",   wf_read_step, offsetof(struct wf_go, to),   true,  NULL },
};
/* clang-format on */

static const struct wf_shape go_shape = { go_attrs, WF_COUNT(go_attrs), NULL, 0,
                                          WF_NO_WORDS };

static void parse_go(struct wf_load *load, const struct wf_elem *elem,
                     void *parent)
{
    struct wf_step *step = parent;
    struct wf_go *go = WF_NEW(load->arena, struct wf_go);
    struct wf_go **end = &step->goes;
    size_t n = 0;

    go->place = elem->place;
    wf_load_read(load, elem, &go_shape, go);
    for (; *end; end = &(*end)->next)
        n++;
    if (wf_load_room(load, elem, n, WF_MAX_ACTIONS))
        *end = go;
}

/* --- Waiting */

/* clang-format off */
static const struct wf_attr_row wait_attrs[] = {
    { "id",     wf_read_id,     AT(id),     true,  NULL },
    { "label",  wf_read_word,   AT(words),  false, &wf_word_label },
    { "help",   wf_read_word,   AT(words),  false, &wf_word_help },
    { "until",  wf_read_moment, AT(until),  false, NULL },
    { "signal", read_action_id, AT(signal), false, NULL },
    { "next",   wf_read_step,   AT(then),   true,  NULL },
};
/* clang-format on */

const struct wf_shape wf_wait_shape = { wait_attrs, WF_COUNT(wait_attrs), NULL,
                                        0, AT(words) };

/* The signal is an action without anybody's work; link.c says where it leads.
 */
static void parse_wait(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    struct wf_step *step = WF_NEW(load->arena, struct wf_step);

    (void)parent;
    step->kind = WF_STEP_WAIT;
    step->place = elem->place;
    wf_load_read(load, elem, &wf_wait_shape, step);
    if (step->signal) {
        step->actions = WF_NEW(load->arena, struct wf_action);
        step->actions->id = step->signal;
        step->actions->place = wf_place_of(elem, "signal");
    }
    wf_load_add_step(load, elem, step);
}

/* clang-format off */
static const struct wf_attr_row branch_attrs[] = {
    { "id",    wf_read_id,   AT(id),    true,  NULL },
    { "label", wf_read_word, AT(words), false, &wf_word_label },
    { "help",  wf_read_word, AT(words), false, &wf_word_help },
};
static const struct wf_kid_row branch_kids[] = { { "go", parse_go } };
/* clang-format on */
#undef AT

const struct wf_shape wf_branch_shape = { branch_attrs, WF_COUNT(branch_attrs),
                                          branch_kids, WF_COUNT(branch_kids),
                                          offsetof(struct wf_step, words) };

static void parse_branch(struct wf_load *load, const struct wf_elem *elem,
                         void *parent)
{
    (void)parent;
    parse_as(load, elem, WF_STEP_BRANCH, &wf_branch_shape);
}

/* --- The workflow */

/* clang-format off */
static const struct wf_attr_row workflow_attrs[] = {
    { "start", wf_read_step, offsetof(struct wf_form, start), true, NULL },
};
static const struct wf_kid_row workflow_kids[] = {
    { "step",     parse_step },
    { "approval", wf_parse_approval },
    { "branch",   parse_branch },
    { "wait",     parse_wait },
    { "call",     wf_parse_call },
    { "collect",  wf_parse_collect },
    { "parallel", wf_parse_parallel },
    { "end",      parse_end },
};
/* clang-format on */

/* An end is of the whole document: it stands outside, and a lane leads to it.
 */
const struct wf_kid_row *const wf_lane_kids = workflow_kids;
const size_t wf_n_lane_kids = WF_COUNT(workflow_kids) - 1;

static const struct wf_shape workflow_shape = {
    workflow_attrs, WF_COUNT(workflow_attrs), workflow_kids,
    WF_COUNT(workflow_kids), WF_NO_WORDS
};

static struct wf_words *words_in(struct wf_load *load, const char *lang,
                                 const char *label, struct wf_words *next)
{
    struct wf_words *words = WF_NEW(load->arena, struct wf_words);

    words->lang = lang;
    words->at[WF_WORD_LABEL] = wf_message(lang, label);
    words->next = next;
    return words;
}

/* Whatever a form says, the engine may have to end its documents void: nobody
 * asks for them any more, a cycle closes. A form without such an end has one
 * all the same, to which no way leads. */
static void imply_void_end(struct wf_load *load, const struct wf_elem *elem)
{
    const char *lang = load->package->lang;
    const char *other = wf_streq(lang, "en") ? "zh-CN" : "en";
    struct wf_step *end = WF_NEW(load->arena, struct wf_step);

    for (size_t i = 0; i < load->steps.n; i++)
        if (load->steps.at[i].step->void_)
            return;
    end->id = wf_map_find(&load->form->step_ids, "void") ? "void-end" : "void";
    end->kind = WF_STEP_END;
    end->place = elem->place;
    end->void_ = end->implied = true;
    end->words = words_in(load, lang, WF_MESSAGE("Void"),
                          words_in(load, other, WF_MESSAGE("Void"), NULL));
    wf_load_add_step(load, elem, end);
}

void wf_parse_workflow(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    wf_load_read(load, elem, &workflow_shape, parent);
    imply_void_end(load, elem);
}
