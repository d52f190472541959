/* api/calibration.c - a run's values beside their shares, and values set over
 * those of documents.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "api/command.h"
#include "api/cycle.h"
#include "api/render.h"
#include "base/error.h"
#include "flow/override.h"
#include "plan/calibrate.h"

/* --- Looking */

struct asked {
    const char *cycle;
    wf_id run;
    const weft_param *params;
    size_t n;
};

/* One look at one calibration. */
struct looking {
    struct wf_turn *turn;
    struct wf_cycle_open at;
    const struct wf_calibrate *calibrate;
    const char *id;
    struct wf_grid grid;
};

static bool read_params(const struct asked *asked, struct looking *l,
                        weft_error *err)
{
    for (size_t i = 0; i < asked->n; i++) {
        const weft_param *p = &asked->params[i];
        const char **slot = wf_streq(p->name, "id")     ? &l->id
                            : wf_streq(p->name, "unit") ? &l->grid.unit
                            : wf_streq(p->name, "x")    ? &l->grid.x
                            : wf_streq(p->name, "y")    ? &l->grid.y
                                                        : NULL;

        if (!slot)
            return wf_fail(err, WEFT_E_MALFORMED,
                           "\"%s\" is not asked for here; write some of: id "
                           "unit x y.",
                           p->name);
        *slot = p->value;
    }
    return true;
}

static bool find(struct looking *l, weft_error *err)
{
    l->calibrate = l->id ? wf_cycle_calibrate(l->at.cycle, l->id)
                         : l->at.cycle->calibrates;
    return l->calibrate
           || wf_fail(err, WEFT_E_NOTFOUND, "This cycle has no calibration %s.",
                      l->id ? l->id : "");
}

static bool write_person(struct looking *l, const struct wf_calibrated *one,
                         weft_error *err)
{
    struct wf_json_writer *out = &l->turn->out;

    (void)err;
    wf_jw_open(out, '{');
    wf_jw_key(out, "person");
    wf_jw_open(out, '{');
    wf_jw_key(out, "id");
    wf_jw_id(out, one->person);
    wf_jw_key_text(out, "login", one->login);
    wf_jw_key_text(out, "name", one->name);
    wf_jw_close(out, '}');
    wf_jw_key(out, "document");
    wf_jw_id(out, one->document);
    wf_jw_key_text(out, "state", one->state);
    wf_jw_key(out, "value");
    wf_jw_tree(out,
               one->value ? one->value : wf_json_null(l->turn->call.arena));
    wf_jw_key(out, "before");
    wf_jw_tree(out,
               one->before ? one->before : wf_json_null(l->turn->call.arena));
    wf_jw_key_text_or_null(out, "reason", one->reason);
    wf_jw_close(out, '}');
    return true;
}

static bool write_people(struct looking *l, const struct wf_calibrated *at,
                         size_t n, weft_error *err)
{
    wf_jw_key(&l->turn->out, "people");
    wf_jw_open(&l->turn->out, '[');
    for (size_t i = 0; i < n; i++)
        if (!write_person(l, &at[i], err))
            return false;
    wf_jw_close(&l->turn->out, ']');
    return true;
}

/* A group that is neither theirs nor theirs to launch is not there. */
static bool write_group(struct looking *l, const struct wf_calibrated *at,
                        size_t n, weft_error *err)
{
    struct wf_call *call = &l->turn->call;
    struct wf_json_writer *out = &l->turn->out;
    bool may;

    if (!wf_calibrate_may(call, l->calibrate, at[0].unit, &may, err))
        return false;
    if (!may && !l->at.part.launches)
        return true;
    wf_jw_open(out, '{');
    wf_calibrate_write_group(call, l->calibrate, at, n, out);
    wf_jw_key(out, "may");
    wf_jw_bool(out, may);
    if ((l->grid.unit || l->calibrate->all) && !write_people(l, at, n, err))
        return false;
    wf_jw_close(out, '}');
    return true;
}

static bool write_groups(struct looking *l, weft_error *err)
{
    struct wf_calibrateds all;

    if (!wf_calibrateds(&l->turn->call, &l->at.run, l->calibrate, l->grid.unit,
                        &all, err))
        return false;
    wf_jw_key(&l->turn->out, "groups");
    wf_jw_open(&l->turn->out, '[');
    for (size_t i = 0, k; i < all.n; i = k) {
        for (k = i + 1; k < all.n
                        && (l->calibrate->all
                            || wf_streq(all.at[i].unit, all.at[k].unit));)
            k++;
        if (!write_group(l, &all.at[i], k - i, err))
            return false;
    }
    wf_jw_close(&l->turn->out, ']');
    return true;
}

static bool look(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct asked *asked = with;
    struct looking l = { .turn = turn };
    struct wf_json_writer *out = &turn->out;
    int64_t opens, due;

    if (!wf_cycle_open_run(turn, asked->cycle, asked->run, &l.at, err)
        || !read_params(asked, &l, err) || !find(&l, err))
        return false;
    wf_calibrate_times(&turn->call, l.at.cycle, &l.at.run, l.calibrate, &opens,
                       &due);
    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", l.calibrate->id);
    wf_jw_key_text(
        out, "label",
        wf_words_label(l.calibrate->words, turn->call.lang, l.calibrate->id));
    wf_jw_key_text(out, "form", l.calibrate->form_id);
    wf_jw_key_text(out, "field", l.calibrate->field);
    wf_jw_key_time(out, "opens", opens);
    wf_jw_key_time(out, "due", due);
    if (!write_groups(&l, err))
        return false;
    if (l.grid.x || l.grid.y) {
        wf_jw_key(out, "grid");
        if (!wf_calibrate_write_grid(&turn->call, &l.at.run, l.calibrate,
                                     &l.grid, out, err))
            return false;
    }
    wf_jw_close(out, '}');
    return true;
}

weft_reply *weft_cycle_calibration(weft_session *session,
                                   const weft_cycle_ref *run,
                                   const weft_param *params, size_t n)
{
    struct asked asked = { run->cycle, run->run, params, n };

    return wf_question(session, WEFT_SCOPE_READ, look, &asked);
}

/* --- Setting over */

struct setting_over {
    wf_id document;
    const char *field, *reason;
    const struct wf_json *value;
};

/* What is not theirs to set they are told of only if they see it. */
static bool open(struct wf_turn *turn, const struct setting_over *wanted,
                 struct wf_doc **out, weft_error *err)
{
    struct wf_rights rights;
    weft_error why = wf_error_in(turn->call.lang);

    if (!wf_doc_load(&turn->call, wanted->document, out, err))
        return false;
    if (*out && wf_calibrate_allows(&turn->call, *out, wanted->field, &why))
        return true;
    if (*out && why.code != WEFT_E_DENIED)
        return wf_fail_as(err, &why);
    return wf_doc_open(&turn->call, wanted->document, out, &rights, err)
           && wf_fail_as(err, &why);
}

static bool set_over(struct wf_turn *turn, const void *with, weft_error *err)
{
    const struct setting_over *wanted = with;
    const struct wf_override override = { wanted->field, wanted->value,
                                          wanted->reason };
    struct wf_doc *doc;

    return open(turn, wanted, &doc, err)
           && wf_flow_override(&turn->flow, doc, &override, err)
           && wf_render_doc(turn, doc, err);
}

weft_command *weft_document_override(weft_session *session, int64_t id,
                                     const char *field, const char *body,
                                     size_t len)
{
    static const struct wf_member members[] = {
        { "value", WF_BODY_ANY, offsetof(struct setting_over, value), false },
        { "reason", WF_BODY_TEXT, offsetof(struct setting_over, reason), true },
    };
    weft_command *command = wf_command_new(session, WEFT_SCOPE_WRITE, set_over);
    struct setting_over *wanted = WF_NEW(command->arena, struct setting_over);
    struct wf_text text = { body, len };

    wanted->document = id;
    wanted->field = wf_arena_str(command->arena, field);
    wf_command_touches(command, id);
    wf_command_read(command, members, WF_COUNT(members), text, wanted);
    return command;
}
