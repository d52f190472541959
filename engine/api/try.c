/* api/try.c - trying a form before it is live: whom it would ask, what somebody
 * would see, what a hook would do. For whoever may deploy it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include <weft/trial.h>

#include "api/body.h"
#include "api/deploy.h"
#include "api/deploy_right.h"
#include "api/form.h"
#include "base/error.h"
#include "flow/trial.h"

enum {
    FILES_MAX = 16
};

struct question {
    const char *form;
    struct wf_text body;
};

struct wanted {
    const struct wf_json *files; /* the draft; NULL: what is live */
    const struct wf_json *data;
    wf_id document; /* instead of data */
    const char *author, *eyes, *step, *level;
    const char *hook, *action, *comment;
};

static bool read_wanted(struct wf_turn *turn, const struct question *question,
                        struct wanted *out, weft_error *err)
{
    static const struct wf_member members[] = {
        { "files", WF_BODY_ARRAY, offsetof(struct wanted, files), false },
        { "data", WF_BODY_OBJECT, offsetof(struct wanted, data), false },
        { "document", WF_BODY_ID, offsetof(struct wanted, document), false },
        { "author", WF_BODY_TEXT, offsetof(struct wanted, author), false },
        { "as", WF_BODY_TEXT, offsetof(struct wanted, eyes), false },
        { "step", WF_BODY_TEXT, offsetof(struct wanted, step), false },
        { "level", WF_BODY_TEXT, offsetof(struct wanted, level), false },
        { "hook", WF_BODY_TEXT, offsetof(struct wanted, hook), false },
        { "action", WF_BODY_TEXT, offsetof(struct wanted, action), false },
        { "comment", WF_BODY_TEXT, offsetof(struct wanted, comment), false },
    };

    *out = (struct wanted){ .files = NULL };
    return wf_body_read(&turn->findings, members, WF_COUNT(members),
                        question->body, out, err);
}

/* --- The form */

static bool read_files(struct wf_turn *turn, const struct wf_json *files,
                       struct wf_text_file *out, size_t *n, weft_error *err)
{
    *n = wf_json_len(files);
    if (*n < 1 || *n > FILES_MAX)
        return wf_fail(err, WEFT_E_MALFORMED,
                       "\"files\" has to be 1 to %d texts.", FILES_MAX);
    for (size_t i = 0; i < *n; i++) {
        const struct wf_json *file = files->u.array.at[i];
        const char *name = wf_json_str(wf_json_get(file, "name"));
        const char *text = wf_json_str(wf_json_get(file, "text"));

        if (!name || !text)
            return wf_fail(err, WEFT_E_MALFORMED,
                           "A file is {\"name\", \"text\"}.");
        out[i] = (struct wf_text_file){ name, text, strlen(text) };
    }
    (void)turn;
    return true;
}

static const struct wf_form *form_in(const struct wf_bundle *bundle,
                                     const char *id)
{
    for (const struct wf_compiled *c = bundle->compiled; c; c = c->next)
        if (c->form && wf_streq(c->form->id, id))
            return c->form;
    return NULL;
}

/* The draft. Its warnings are told where it is checked. */
static bool compile(struct wf_turn *turn, const struct wf_json *texts,
                    const struct wf_form *live, const struct wf_form **out,
                    weft_error *err)
{
    struct wf_call *call = &turn->call;
    struct wf_compile_options options = { call->registry, call->db,
                                          live->package->id };
    struct wf_diags found = WF_DIAGS_INIT(call->arena, call->lang);
    struct wf_text_file files[FILES_MAX];
    struct wf_bundle bundle;
    size_t n;

    if (!read_files(turn, texts, files, &n, err))
        return false;
    wf_compile(call->arena, files, n, &options, &found, &bundle);
    wf_diags_sort(&found);
    if (found.n_errors > 0) {
        turn->findings = found;
        return wf_deploy_refuses(&found, err);
    }
    *out = form_in(&bundle, live->id);
    return *out
           || wf_fail(err, WEFT_E_INVALID, "The files do not have \"%s\".",
                      live->id);
}

/* A draft joins the package of the form that is live, so that the rights to
 * both are the same. What would run as the system is for who may do all. */
static bool open_form(struct wf_turn *turn, const struct question *question,
                      const struct wanted *wanted, const struct wf_form **out,
                      weft_error *err)
{
    const struct wf_form *live;
    bool may;

    if (!wf_form_open(turn, question->form, 0, &live, err)
        || !wf_deploy_is_mine(&turn->call, live->package->id, &may, err))
        return false;
    if (!may)
        return wf_fail(err, WEFT_E_DENIED, "You may not try \"%s\".", live->id);
    *out = live;
    if (wanted->files && !compile(turn, wanted->files, live, out, err))
        return false;
    if (!(*out)->run_as_system)
        return true;
    if (!wf_is_admin(&turn->call, &may, err))
        return false;
    return may
           || wf_fail(err, WEFT_E_DENIED,
                      "The hooks of \"%s\" run as the system; only an "
                      "administrator may try them.",
                      live->id);
}

/* --- On what */

static bool find_person(struct wf_turn *turn, const char *login,
                        const struct wf_person *otherwise,
                        const struct wf_person **out, weft_error *err)
{
    *out = otherwise;
    if (!login)
        return true;
    if (!wf_person_find_login(&turn->call, login, out, err))
        return false;
    return *out
           || wf_fail(err, WEFT_E_NOTFOUND, "There is nobody called \"%s\".",
                      login);
}

static bool find_place(const struct wanted *wanted, struct wf_trial *trial,
                       weft_error *err)
{
    if (!trial->step)
        trial->step = trial->form->start;
    if (wanted->step) {
        trial->step = wf_form_step(trial->form, wanted->step);
        if (!trial->step)
            return wf_fail(err, WEFT_E_NOTFOUND, "There is no step \"%s\".",
                           wanted->step);
    }
    if (!wanted->level)
        return true;
    trial->level = wf_step_level(trial->step, wanted->level);
    return trial->level
           || wf_fail(err, WEFT_E_NOTFOUND, "There is no level \"%s\".",
                      wanted->level);
}

/* A document as its reader sees it is the sample; nobody tries on what they do
 * not see. */
static bool take_document(struct wf_turn *turn, const struct wanted *wanted,
                          struct wf_trial *trial, weft_error *err)
{
    struct wf_rights *rights = WF_NEW(turn->call.arena, struct wf_rights);
    struct wf_doc *doc;

    if (!wf_doc_open(&turn->call, wanted->document, &doc, rights, err))
        return false;
    if (!wf_streq(doc->form->id, trial->form->id) || doc->veil)
        return wf_fail(err, WEFT_E_CONFLICT,
                       "\"%s\" cannot be tried on this document.",
                       trial->form->id);
    if (!wf_person_find(&turn->call, doc->creator, &trial->author, err))
        return false;
    trial->like = doc;
    trial->rights = rights;
    trial->step = wf_form_step(trial->form, doc->step->id);
    return true;
}

static bool read_trial(struct wf_turn *turn, const struct question *question,
                       const struct wanted *wanted, struct wf_trial *trial,
                       weft_error *err)
{
    *trial = (struct wf_trial){ .data = wanted->data };
    if (!open_form(turn, question, wanted, &trial->form, err)
        || (wanted->document && !take_document(turn, wanted, trial, err)))
        return false;
    return find_person(turn, wanted->author,
                       trial->author ? trial->author : turn->call.me,
                       &trial->author, err)
           && find_person(turn, wanted->eyes, trial->author, &trial->eyes, err)
           && find_place(wanted, trial, err);
}

/* --- The doors */

static bool run(struct wf_turn *turn, const struct wanted *wanted,
                const struct wf_trial *trial, weft_error *err)
{
    static const struct wf_budget job = WF_BUDGET_JOB;
    struct wf_trial_hook hook = { wanted->hook, wanted->action,
                                  wanted->comment };

    if (!wf_map_find(&trial->form->hook_functions, wanted->hook))
        return wf_fail(err, WEFT_E_NOTFOUND,
                       "There is no function \"%s\" in the hooks of \"%s\".",
                       wanted->hook, trial->form->id);
    if (strncmp(wanted->hook, "after_", 6) == 0)
        turn->flow.budget = job;
    return wf_trial_run(&turn->flow, trial, &hook, &turn->out, err);
}

static bool answer(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct question *question = with;
    struct wanted wanted;
    struct wf_trial trial;

    if (!read_wanted(turn, question, &wanted, err)
        || !read_trial(turn, question, &wanted, &trial, err))
        return false;
    turn->flow.trier = turn->call.me;
    wf_jw_open(&turn->out, '{');
    if (!(wanted.hook ? run(turn, &wanted, &trial, err)
                      : wf_trial_write(&turn->flow, &trial, &turn->out, err)))
        return false;
    wf_jw_close(&turn->out, '}');
    return true;
}

weft_reply *weft_form_try(weft_session *session, const char *form,
                          const char *body, size_t len)
{
    struct question question = { .form = form, .body = { body, len } };

    return wf_question(session, WEFT_SCOPE_DEPLOY, answer, &question);
}
