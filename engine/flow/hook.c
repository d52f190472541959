/* flow/hook.c - calling the functions of a form's hook file.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/hook.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "doc/doc_lane.h"
#include "doc/shape.h"
#include "flow/attempt.h"
#include "flow/record.h"
#include "flow/settle.h"
#include "store/ground.h"

/* What one command's hooks may do, all together. */
enum {
    CALLS_MAX = 64
};

/* --- The state */

static const char *find_script(void *self, const char *name)
{
    const struct wf_hooks *hooks = self;

    return wf_registry_script(hooks->flow->call->registry,
                              hooks->form->package->id, name);
}

static struct wf_hooks *hooks_new(struct wf_flow *flow)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_hooks *hooks = WF_NEW(arena, struct wf_hooks);
    struct wf_script_options options = { .budget = &flow->budget,
                                         .n_hosts = wf_n_hook_hosts,
                                         .self = hooks,
                                         .find_script = find_script };

    hooks->flow = flow;
    hooks->hosts = flow->record ? wf_record_hosts(arena) : wf_hook_hosts;
    options.hosts = hooks->hosts;
    options.attempt = wf_attempt;
    options.seed = (uint64_t)flow->call->now;
    options.chunks = wf_registry_chunks(flow->call->registry);
    hooks->script = wf_script_new(&options);
    return hooks;
}

/* Modules that files require are shared within a state, so what runs as the
 * system has one of its own. */
static struct wf_hooks *hooks_of(struct wf_flow *flow,
                                 const struct wf_form *form)
{
    struct wf_hooks **hooks = &flow->hooks[form->run_as_system];

    if (!*hooks)
        *hooks = hooks_new(flow);
    return *hooks;
}

void wf_hooks_free(struct wf_hooks *hooks)
{
    if (hooks)
        wf_script_free(hooks->script);
}

bool wf_hooks_renew(struct wf_hooks *hooks)
{
    return !hooks || wf_script_renew(hooks->script);
}

/* A hook that runs for another document inside a hook finds its own form and
 * document; the outer one's come back afterwards. */
struct frame {
    const struct wf_form *form;
    const struct wf_doc *doc;
    bool collecting;
    bool system;
    const struct wf_person *me;
};

static struct frame enter(struct wf_hooks *hooks, const struct wf_form *form,
                          const struct wf_doc *doc, bool collecting)
{
    struct wf_flow *flow = hooks->flow;
    struct frame outer = { hooks->form, hooks->doc, hooks->collecting,
                           flow->call->system, flow->call->me };

    hooks->form = form;
    hooks->doc = doc;
    hooks->collecting = collecting;
    if (flow->trier)
        flow->call->me = flow->trier;
    if (form->run_as_system && !collecting)
        flow->call->system = true;
    return outer;
}

static void leave(struct wf_hooks *hooks, struct frame outer)
{
    hooks->form = outer.form;
    hooks->doc = outer.doc;
    hooks->collecting = outer.collecting;
    hooks->flow->call->system = outer.system;
    hooks->flow->call->me = outer.me;
}

/* Loads the file under a name that tells versions apart. */
static bool load_file(struct wf_hooks *hooks, const struct wf_form *form,
                      const char **name, weft_error *err)
{
    *name = wf_arena_printf(hooks->flow->call->arena, "%s@%d", form->hook_file,
                            form->version);
    return wf_script_load(hooks->script, *name, form->hook, strlen(form->hook),
                          err);
}

/* --- One call */

static bool check_limits(struct wf_flow *flow, const struct wf_doc *doc,
                         weft_error *err)
{
    if (flow->n_calls++ < CALLS_MAX)
        return true;
    return wf_fail(err, WEFT_E_SCRIPT,
                   "%s: one action may run at most %d hooks; do they call "
                   "each other?",
                   doc->form->hook_file, CALLS_MAX);
}

/* Runs `call` in the frame of `doc`; formulas and script share one budget. */
static bool run(struct wf_flow *flow, const struct wf_doc *doc, bool collecting,
                struct wf_script_call *call, weft_error *err)
{
    struct wf_hooks *hooks = hooks_of(flow, doc->form);
    struct frame outer = enter(hooks, doc->form, doc, collecting);
    bool ok;

    wf_db_rest_on(flow->call->db, WF_GROUND_OTHER); /* who knows on what */
    ok = load_file(hooks, doc->form, &call->name, err)
         && (!wf_script_has(hooks->script, call->name, call->function)
             || wf_script_call(hooks->script, flow->call->arena, call, err));

    leave(hooks, outer);
    return ok;
}

bool wf_hook_within(struct wf_flow *flow, const struct wf_doc *doc,
                    bool (*fn)(struct wf_hooks *hooks, const void *with,
                               weft_error *err),
                    const void *with, weft_error *err)
{
    struct wf_hooks *hooks = hooks_of(flow, doc->form);
    struct frame outer = enter(hooks, doc->form, doc, false);
    bool ok = fn(hooks, with, err);

    leave(hooks, outer);
    return ok;
}

static const char *function_name(struct wf_arena *arena, const char *prefix,
                                 const char *name)
{
    char *function = name ? wf_arena_printf(arena, "%s_%s", prefix, name)
                          : wf_arena_str(arena, prefix);

    for (char *c = function; *c; c++)
        if (*c == '-')
            *c = '_';
    return function;
}

bool wf_hook_exists(const struct wf_form *form, const char *prefix,
                    const char *name)
{
    for (size_t i = 0; i < form->hook_functions.n; i++) {
        const char *known = form->hook_functions.entries[i].key;
        size_t len = strlen(prefix);

        if (strncmp(known, prefix, len) != 0)
            continue;
        if (!name && known[len] == '\0')
            return true;
        if (!name || known[len] != '_')
            continue;
        for (known += len + 1, len = 0;
             name[len] && known[len] == (name[len] == '-' ? '_' : name[len]);)
            len++;
        if (!name[len] && !known[len])
            return true;
    }
    return false;
}

/* --- Documents as hooks know them */

struct wf_json *wf_hook_person(struct wf_arena *arena,
                               const struct wf_person *person)
{
    struct wf_json *json;
    char id[WF_ID_TEXT];

    if (!person)
        return wf_json_null(arena);
    json = wf_json_object(arena);
    wf_id_write(person->id, id);
    wf_json_set(arena, json, "id", wf_json_text(arena, id));
    wf_json_set(arena, json, "login", wf_json_text(arena, person->login));
    wf_json_set(arena, json, "name", wf_json_text(arena, person->name));
    return json;
}

static void add_meta(struct wf_call *call, const struct wf_doc *doc,
                     struct wf_json *out)
{
    struct wf_arena *arena = call->arena;
    char id[WF_ID_TEXT], time[WF_TIME_TEXT];

    wf_id_write(doc->id, id);
    wf_json_set(arena, out, "id", wf_json_text(arena, id));
    wf_json_set(arena, out, "form", wf_json_text(arena, doc->form->id));
    wf_json_set(arena, out, "version", wf_json_int(arena, doc->form->version));
    wf_json_set(arena, out, "step",
                wf_json_text(arena, wf_doc_own(doc).step->id));
    wf_json_set(arena, out, "state",
                wf_json_text(arena, wf_state_name(doc->state)));
    if (wf_doc_own(doc).level)
        wf_json_set(arena, out, "level",
                    wf_json_text(arena, wf_doc_own(doc).level));
    if (doc->title)
        wf_json_set(arena, out, "title", wf_json_text(arena, doc->title));
    if (doc->created) {
        wf_time_write(doc->created, time);
        wf_json_set(arena, out, "created", wf_json_text(arena, time));
    }
    if (doc->updated && !doc->veil) {
        wf_time_write(doc->updated, time);
        wf_json_set(arena, out, "updated", wf_json_text(arena, time));
    }
}

static bool add_creator(struct wf_call *call, const struct wf_doc *doc,
                        struct wf_json *out, weft_error *err)
{
    const struct wf_person *creator;

    if (!doc->creator)
        return true;
    if (!wf_person_find(call, doc->creator, &creator, err))
        return false;
    wf_json_set(call->arena, out, "creator",
                wf_hook_person(call->arena, creator));
    return true;
}

/* All fields: the file belongs to the form, its author wrote both. */
static struct wf_rights rights_of_file(struct wf_call *call,
                                       const struct wf_form *form)
{
    bool *seen = WF_NEW_N(call->arena, bool, form->n_fields);

    memset(seen, 1, form->n_fields * sizeof *seen);
    return (struct wf_rights){ WF_RIGHT_READ, seen, false };
}

bool wf_hook_doc(struct wf_flow *flow, const struct wf_doc *doc,
                 const struct wf_rights *rights, struct wf_json **out,
                 weft_error *err)
{
    struct wf_rights all;

    if (!rights) {
        all = rights_of_file(flow->call, doc->form);
        rights = &all;
    }
    if (!wf_view_data(flow->call, doc, rights, out, err))
        return false;
    add_meta(flow->call, doc, *out);
    return add_creator(flow->call, doc, *out, err);
}

/* What the hook assigned: members that differ, those it removed as null. */
static struct wf_json *assigned(struct wf_arena *arena,
                                const struct wf_json *before,
                                const struct wf_json *after)
{
    struct wf_json *patch = wf_json_object(arena);

    for (size_t i = 0; i < after->u.object.n; i++) {
        const struct wf_json_member *member = &after->u.object.at[i];

        if (!wf_json_equal(wf_json_get(before, member->key.at), member->value))
            wf_json_set(arena, patch, member->key.at, member->value);
    }
    for (size_t i = 0; i < before->u.object.n; i++) {
        const char *key = before->u.object.at[i].key.at;

        if (!wf_json_get(after, key))
            wf_json_set(arena, patch, key, wf_json_null(arena));
    }
    return patch;
}

static bool keep_assigned(struct wf_flow *flow, struct wf_doc *doc,
                          const struct wf_json *before,
                          const struct wf_json *back, weft_error *err)
{
    struct wf_writable writable = { .hook = true };
    const struct wf_json *after =
        wf_json_is(back, WF_JSON_ARRAY) && back->u.array.n > 0
            ? back->u.array.at[0]
            : NULL;
    struct wf_json *patch;

    if (!wf_json_is(after, WF_JSON_OBJECT))
        return true;
    patch = assigned(flow->call->arena, before, after);
    if (patch->u.object.n == 0)
        return true;
    if (flow->record) {
        flow->record->assigned = wf_json_copy(flow->record->arena, patch);
        return true;
    }
    return wf_shape_patch(flow->call, doc, patch, &writable, err);
}

static struct wf_json *act_json(struct wf_call *call, const struct wf_act *act)
{
    struct wf_json *json = wf_json_object(call->arena);

    wf_json_set(call->arena, json, "action",
                wf_json_text(call->arena, act->action));
    if (act->comment)
        wf_json_set(call->arena, json, "comment",
                    wf_json_text(call->arena, act->comment));
    return json;
}

bool wf_hook_run(struct wf_flow *flow, struct wf_doc *doc,
                 const struct wf_hook *hook, weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_script_call call = { .n_back = 1 };
    bool collecting = wf_streq(hook->prefix, "validate");
    struct wf_json *args, *before;

    if (!doc->form->hook || doc->veil
        || !wf_hook_exists(doc->form, hook->prefix, hook->name))
        return true; /* no hook ever meets an anonymous document */
    if (!check_limits(flow, doc, err)
        || !wf_hook_doc(flow, doc, NULL, &before, err))
        return false;
    if (flow->record) {
        flow->record->ran = true;
        flow->record->doc = wf_record_hash(arena, before);
    }
    args = wf_json_array(arena);
    wf_json_push(arena, args, before);
    if (hook->act)
        wf_json_push(arena, args, act_json(flow->call, hook->act));
    call.function = function_name(arena, hook->prefix, hook->name);
    call.args = args;
    if (!run(flow, doc, collecting, &call, err)) {
        /* What fail() said before the script broke says more. */
        if (flow->call->findings->n_errors > 0)
            err->code = WEFT_E_INVALID;
        return false;
    }
    return keep_assigned(flow, doc, before, call.back, err)
           && (collecting || wf_settle_findings(flow, err));
}

/* Names of files tell definitions and versions apart, as those of forms. */
static const char *name_of(struct wf_arena *arena, const struct wf_head *head)
{
    return wf_arena_printf(arena, "%s (%s %s@%d)", head->hook_file,
                           wf_head_kind(head), head->id, head->version);
}

/* What the file reads of its form is that of the document, what it asks of the
 * package that of the definition. */
static struct wf_form *form_of(struct wf_arena *arena,
                               const struct wf_head *head,
                               const struct wf_doc *doc)
{
    struct wf_form *form = WF_NEW(arena, struct wf_form);

    *form = *doc->form;
    form->package = head->package;
    form->hook_file = head->hook_file;
    form->hook = head->hook;
    form->hook_functions = head->hook_functions;
    form->run_as_system = true;
    return form;
}

bool wf_hook_call(struct wf_flow *flow, const struct wf_head *head,
                  const struct wf_doc *doc, const char *function,
                  struct wf_json *args, weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_script_call call = { .function = function, .args = args };
    struct wf_form *form;
    struct wf_hooks *hooks;
    struct frame outer;
    bool ok;

    if (!head->hook || !wf_map_find(&head->hook_functions, function))
        return true;
    form = form_of(arena, head, doc);
    hooks = hooks_of(flow, form);
    outer = enter(hooks, form, doc, false);
    wf_db_rest_on(flow->call->db, WF_GROUND_OTHER);
    call.name = name_of(arena, head);
    ok = wf_script_load(hooks->script, call.name, form->hook,
                        strlen(form->hook), err)
         && wf_script_call(hooks->script, arena, &call, err);
    leave(hooks, outer);
    return ok && wf_settle_findings(flow, err);
}

bool wf_hook_try(struct wf_flow *flow, const struct wf_doc *doc,
                 struct wf_hook_trial *trial, weft_error *err)
{
    struct wf_arena *arena = flow->call->arena;
    struct wf_script_call call = { .function = trial->function, .n_back = 1 };
    bool collecting = wf_streq(trial->function, "validate");
    struct wf_json *args = wf_json_array(arena), *before;

    if (!wf_hook_doc(flow, doc, trial->rights, &before, err))
        return false;
    wf_json_push(arena, args, before);
    if (trial->act)
        wf_json_push(arena, args, act_json(flow->call, trial->act));
    call.args = args;
    if (!run(flow, doc, collecting, &call, err))
        return false;
    trial->result = call.result;
    trial->assigned = NULL;
    if (wf_json_is(call.back, WF_JSON_ARRAY) && call.back->u.array.n > 0
        && wf_json_is(call.back->u.array.at[0], WF_JSON_OBJECT))
        trial->assigned = assigned(arena, before, call.back->u.array.at[0]);
    return true;
}

bool wf_hook_value(struct wf_flow *flow, const struct wf_doc *doc,
                   const char *name, struct wf_json **out, weft_error *err)
{
    struct wf_script_call call = { .n_back = 0 };
    struct wf_json *args, *seen;

    *out = NULL;
    if (!doc->form->hook || doc->veil)
        return true;
    if (!check_limits(flow, doc, err)
        || !wf_hook_doc(flow, doc, NULL, &seen, err))
        return false;
    args = wf_json_array(flow->call->arena);
    wf_json_push(flow->call->arena, args, seen);
    call.function = function_name(flow->call->arena, name, NULL);
    call.args = args;
    if (!run(flow, doc, false, &call, err))
        return false;
    *out = call.result;
    return true;
}
