/* def/model.c - a form as JSON, for browsers and for whoever builds pages.
 *
 * Shape: docs/http.md, "A form's model". What says nothing is left out: a flag
 * that is false, a text that is not there, an empty list.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/str.h"
#include "def/form.h"
#include "def/registry.h"

struct model {
    struct wf_json_writer *w;
    const char *lang;
};

/* --- Parts that everything is made of */

static void put_flag(struct model *m, const char *key, bool value)
{
    if (!value)
        return;
    wf_jw_key(m->w, key);
    wf_jw_bool(m->w, true);
}

static void put_number(struct model *m, const char *key, bool has, double value)
{
    if (!has)
        return;
    wf_jw_key(m->w, key);
    wf_jw_number(m->w, value);
}

static void put_expr(struct model *m, const char *key,
                     const struct wf_expr *expr)
{
    if (!expr)
        return;
    wf_jw_key(m->w, key);
    wf_expr_json(expr, m->w);
}

static void put_who(struct model *m, const char *key, const struct wf_who *who)
{
    struct wf_buf text = WF_BUF_INIT(m->w->buf->arena);

    if (!who)
        return;
    wf_who_write(&text, who);
    wf_jw_key_text(m->w, key, wf_buf_text(&text));
}

static void put_path(struct model *m, const char *key,
                     const struct wf_field *field)
{
    wf_jw_key_text(m->w, key, field ? field->path : NULL);
}

/* The label is always there; the other words where they were said. */
static void put_words(struct model *m, const char *id,
                      const struct wf_words *words)
{
    wf_jw_key_text(m->w, "label", wf_words_label(words, m->lang, id));
    wf_jw_key_text(m->w, "help", wf_words_get(words, m->lang, WF_WORD_HELP));
    wf_jw_key_text(m->w, "message",
                   wf_words_get(words, m->lang, WF_WORD_MESSAGE));
    wf_jw_key_text(m->w, "unit", wf_words_get(words, m->lang, WF_WORD_UNIT));
    wf_jw_key_text(m->w, "placeholder",
                   wf_words_get(words, m->lang, WF_WORD_PLACEHOLDER));
}

/* "*", or the paths. */
static void put_set(struct model *m, const char *key,
                    const struct wf_field_set *set)
{
    if (!set->all && !set->n)
        return;
    wf_jw_key(m->w, key);
    if (set->all) {
        wf_jw_text(m->w, "*");
        return;
    }
    wf_jw_open(m->w, '[');
    for (size_t i = 0; i < set->n; i++)
        wf_jw_text(m->w, set->at[i]->path);
    wf_jw_close(m->w, ']');
}

/* --- Fields */

static void put_choices(struct model *m, const char *key,
                        const struct wf_choices *choices, bool values)
{
    if (!choices)
        return;
    wf_jw_key(m->w, key);
    wf_jw_open(m->w, '[');
    for (const struct wf_option *at = choices->options; at; at = at->next) {
        wf_jw_open(m->w, '{');
        wf_jw_key_text(m->w, "id", at->id);
        put_words(m, at->id, at->words);
        put_number(m, "value", values, at->value);
        wf_jw_close(m->w, '}');
    }
    wf_jw_close(m->w, ']');
}

static void put_default(struct model *m, const struct wf_field *field)
{
    static const char *const kinds[] = {
        [WF_DEFAULT_LITERAL] = "value", [WF_DEFAULT_ME] = "me",
        [WF_DEFAULT_THIS] = "this",     [WF_DEFAULT_FORMULA] = "formula",
        [WF_DEFAULT_LUA] = "hook",
    };

    if (field->default_kind == WF_DEFAULT_NONE)
        return;
    wf_jw_key(m->w, "default");
    wf_jw_open(m->w, '{');
    wf_jw_key_text(m->w, "kind", kinds[field->default_kind]);
    if (field->default_value) {
        wf_jw_key(m->w, "value");
        wf_jw_tree(m->w, field->default_value);
    }
    put_expr(m, "formula", field->default_formula);
    wf_jw_close(m->w, '}');
}

static void put_bounds(struct model *m, const struct wf_field *field)
{
    put_number(m, "min", field->has_min, field->min);
    put_number(m, "max", field->has_max, field->max);
    put_number(m, "total", field->has_total, field->total);
    put_number(m, "digits", field->digits >= 0, field->digits);
    wf_jw_key_text(m->w, "pattern", field->pattern_text);
}

static void put_type(struct model *m, const struct wf_field *field)
{
    put_choices(m, "options", field->choices, false);
    put_flag(m, "options_hook", field->options_lua);
    wf_jw_key_text(m->w, "options_form", field->options_form);
    put_choices(m, "scale", field->scale, true);
    put_flag(m, "reverse", field->reverse);
    wf_jw_key_text(m->w, "form", field->form);
    if (field->type == WF_F_PERIOD)
        wf_jw_key_text(m->w, "period", wf_period_unit_name(field->period));
    wf_jw_key_text(m->w, "currency", field->currency);
    put_flag(m, "text", field->sentence);
}

static void put_field(struct model *m, const struct wf_field *field)
{
    wf_jw_open(m->w, '{');
    wf_jw_key_text(m->w, "id", field->id);
    wf_jw_key_text(m->w, "path", field->path);
    wf_jw_key_text(m->w, "type", wf_field_kind(field->type)->word);
    put_words(m, field->id, field->words);
    wf_jw_key_text(m->w, "section", field->section ? field->section->id : NULL);
    put_flag(m, "required", field->required);
    put_flag(m, "readonly", field->readonly);
    put_flag(m, "private", field->hidden_by_default);
    put_flag(m, "rolled", field->rolled);
    put_flag(m, "collected", field->collected);
    put_flag(m, "index", field->index);
    wf_jw_key_text(m->w, "width", field->width);
    put_bounds(m, field);
    put_type(m, field);
    put_default(m, field);
    put_expr(m, "formula", field->formula);
    put_expr(m, "visible_when", field->visible_when);
    put_expr(m, "required_when", field->required_when);
    put_expr(m, "readonly_when", field->readonly_when);
    if (field->columns) {
        wf_jw_key(m->w, "columns");
        wf_jw_open(m->w, '[');
        for (const struct wf_field *at = field->columns; at; at = at->next)
            put_field(m, at);
        wf_jw_close(m->w, ']');
    }
    wf_jw_close(m->w, '}');
}

static void put_fields(struct model *m, const struct wf_form *form)
{
    wf_jw_key(m->w, "sections");
    wf_jw_open(m->w, '[');
    for (const struct wf_section *at = form->sections; at; at = at->next) {
        wf_jw_open(m->w, '{');
        wf_jw_key_text(m->w, "id", at->id);
        put_words(m, at->id, at->words);
        put_expr(m, "visible_when", at->visible_when);
        wf_jw_close(m->w, '}');
    }
    wf_jw_close(m->w, ']');
    wf_jw_key(m->w, "fields");
    wf_jw_open(m->w, '[');
    for (const struct wf_field *at = form->fields; at; at = at->next)
        put_field(m, at);
    wf_jw_close(m->w, ']');
    wf_jw_key(m->w, "formulas");
    wf_jw_open(m->w, '[');
    for (size_t i = 0; i < form->n_formulas; i++)
        wf_jw_text(m->w, form->formulas[i]->path);
    wf_jw_close(m->w, ']');
}

static void put_rules(struct model *m, const struct wf_form *form)
{
    wf_jw_key(m->w, "rules");
    wf_jw_open(m->w, '[');
    for (const struct wf_rule *at = form->rules; at; at = at->next) {
        wf_jw_open(m->w, '{');
        put_path(m, "field", at->field);
        put_expr(m, "when", at->when);
        wf_jw_key_text(m->w, "severity",
                       at->severity == WF_SEVERITY_WARNING ? "warning"
                                                           : "error");
        put_flag(m, "on_save", at->on_save);
        wf_say_json(at->says, at->words, m->lang, m->w);
        wf_jw_close(m->w, '}');
    }
    wf_jw_close(m->w, ']');
}

/* --- Workflow */

static void put_action(struct model *m, const struct wf_action *action)
{
    wf_jw_open(m->w, '{');
    wf_jw_key_text(m->w, "id", action->id);
    put_words(m, action->id, action->words);
    wf_jw_key_text(m->w, "to", action->to ? action->to->id : NULL);
    put_who(m, "by", action->by);
    put_expr(m, "when", action->when);
    put_flag(m, "confirm", action->confirm);
    put_flag(m, "comment_required", action->comment_required);
    wf_jw_close(m->w, '}');
}

static void put_duration(struct model *m, const char *key,
                         struct wf_duration duration)
{
    char text[WF_DURATION_TEXT];

    wf_duration_write(duration, text);
    wf_jw_key_text(m->w, key, duration.n ? text : NULL);
}

static void put_deadline(struct model *m, const struct wf_deadline *deadline)
{
    static const char *const timeouts[] = {
        NULL, "remind", "escalate", "transfer", "approve", "reject", "to",
    };

    wf_jw_key_text(m->w, "asks",
                   deadline->asks_never ? "never"
                   : deadline->asks     ? deadline->asks->text
                                        : NULL);
    put_duration(m, "within", deadline->within);
    wf_jw_key_text(m->w, "due", deadline->due ? deadline->due->text : NULL);
    put_duration(m, "remind", deadline->remind);
    wf_jw_key_text(m->w, "timeout", timeouts[deadline->timeout]);
    put_who(m, "timeout_who", deadline->timeout_who);
    wf_jw_key_text(m->w, "timeout_to",
                   deadline->timeout_to ? deadline->timeout_to->id : NULL);
}

/* The verbs that whom it asks may take there; approve is one of them. */
static void put_verbs(struct model *m, const struct wf_level *level)
{
    wf_jw_key(m->w, "verbs");
    wf_jw_open(m->w, '[');
    for (unsigned i = 0; wf_verb_at(i); i++)
        if (wf_level_allows(level, 1U << i) && !(WF_VERBS_OF_ENDS >> i & 1))
            wf_jw_text(m->w, wf_verb_at(i));
    wf_jw_close(m->w, ']');
    if (!level->explain)
        return;
    wf_jw_key(m->w, "comment_required");
    wf_jw_open(m->w, '[');
    for (unsigned i = 0; wf_verb_at(i); i++)
        if (level->explain >> i & 1 && !(WF_VERBS_OF_ENDS >> i & 1))
            wf_jw_text(m->w, wf_verb_at(i));
    wf_jw_close(m->w, ']');
}

static void put_level(struct model *m, const struct wf_level *level)
{
    static const char *const agrees[] = { "any", "all", "share", "weight",
                                          "veto" };
    static const char *const returns[] = { NULL, "any", "start", "previous" };
    bool counted =
        level->agree == WF_AGREE_SHARE || level->agree == WF_AGREE_WEIGHT;

    wf_jw_open(m->w, '{');
    wf_jw_key_text(m->w, "id", level->id);
    put_words(m, level->id, level->words);
    put_flag(m, "climb", level->climb);
    put_who(m, "by", level->by);
    put_number(m, "levels", level->climb, level->climb_levels);
    put_expr(m, "until", level->climb_until);
    put_expr(m, "when", level->when);
    wf_jw_key_text(m->w, "agree", agrees[level->agree]);
    put_number(m, "agree_n", counted, level->agree_n);
    put_flag(m, "one_by_one", level->order == WF_ONE_BY_ONE);
    wf_jw_key_text(m->w, "return", returns[level->returns]);
    put_flag(m, "resume_here", level->resume == WF_RESUME_HERE);
    put_verbs(m, level);
    put_set(m, "edit", &level->edit);
    put_set(m, "require", &level->require);
    put_deadline(m, &level->deadline);
    wf_jw_close(m->w, '}');
}

static void put_fast_track(struct model *m, const struct wf_fast_track *track)
{
    wf_jw_open(m->w, '{');
    put_expr(m, "when", track->when);
    wf_jw_key(m->w, "levels");
    wf_jw_open(m->w, '[');
    for (const char **id = track->levels; *id; id++)
        wf_jw_text(m->w, *id);
    wf_jw_close(m->w, ']');
    wf_jw_close(m->w, '}');
}

static void put_approval(struct model *m, const struct wf_step *step)
{
    wf_jw_key_text(m->w, "approved", step->approved->id);
    wf_jw_key_text(m->w, "rejected", step->rejected->id);
    wf_jw_key(m->w, "levels");
    wf_jw_open(m->w, '[');
    for (const struct wf_level *at = step->levels; at; at = at->next)
        put_level(m, at);
    wf_jw_close(m->w, ']');
    if (!step->fast_tracks)
        return;
    wf_jw_key(m->w, "fast_tracks");
    wf_jw_open(m->w, '[');
    for (const struct wf_fast_track *at = step->fast_tracks; at; at = at->next)
        put_fast_track(m, at);
    wf_jw_close(m->w, ']');
}

static void put_work(struct model *m, const struct wf_step *step)
{
    put_who(m, "by", step->by);
    put_who(m, "tell", step->tell);
    put_set(m, "edit", &step->edit);
    put_set(m, "require", &step->require);
    put_deadline(m, &step->deadline);
    wf_jw_key(m->w, "actions");
    wf_jw_open(m->w, '[');
    for (const struct wf_action *at = step->actions; at; at = at->next)
        put_action(m, at);
    wf_jw_close(m->w, ']');
}

static void put_branch(struct model *m, const struct wf_step *step)
{
    wf_jw_key(m->w, "goes");
    wf_jw_open(m->w, '[');
    for (const struct wf_go *at = step->goes; at; at = at->next) {
        wf_jw_open(m->w, '{');
        put_expr(m, "when", at->when);
        wf_jw_key_text(m->w, "to", at->to->id);
        wf_jw_close(m->w, '}');
    }
    wf_jw_close(m->w, ']');
}

static void put_wait(struct model *m, const struct wf_step *step)
{
    wf_jw_key_text(m->w, "until", step->until ? step->until->text : NULL);
    wf_jw_key_text(m->w, "signal", step->signal);
    wf_jw_key_text(m->w, "next", step->then->id);
}

static void put_puts(struct model *m, const struct wf_wanted *wanted)
{
    wf_jw_key(m->w, "set");
    wf_jw_open(m->w, '[');
    for (const struct wf_put *at = wanted->puts; at; at = at->next) {
        wf_jw_open(m->w, '{');
        wf_jw_key_text(m->w, "field", at->field);
        put_expr(m, "value", at->value);
        wf_jw_close(m->w, '}');
    }
    wf_jw_close(m->w, ']');
}

static void put_call(struct model *m, const struct wf_step *step)
{
    const struct wf_wanted *wanted = step->wanted;

    wf_jw_key_text(m->w, "form", wanted->form);
    put_who(m, "for", wanted->whom);
    put_path(m, "each", wanted->each);
    put_flag(m, "no_wait", wanted->no_wait);
    wf_jw_key_text(m->w, "next", wanted->next->id);
    put_puts(m, wanted);
}

static void put_group(struct model *m, const struct wf_group *group)
{
    wf_jw_open(m->w, '{');
    wf_jw_key_text(m->w, "id", group->id);
    put_words(m, group->id, group->words);
    put_who(m, "from", group->from);
    put_number(m, "weight", !isnan(group->weight), group->weight);
    put_number(m, "min", group->min > 0, group->min);
    put_flag(m, "anonymous", group->anonymous);
    wf_jw_close(m->w, '}');
}

static void put_collect(struct model *m, const struct wf_step *step)
{
    const struct wf_wanted *wanted = step->wanted;

    wf_jw_key_text(m->w, "form", wanted->form);
    wf_jw_key(m->w, "groups");
    wf_jw_open(m->w, '[');
    for (const struct wf_group *at = wanted->groups; at; at = at->next)
        put_group(m, at);
    wf_jw_close(m->w, ']');
    put_number(m, "enough", wanted->enough > 0, wanted->enough);
    put_duration(m, "within", wanted->within);
    put_number(m, "floor", true, wanted->floor);
    wf_jw_key_text(m->w, "next", wanted->next->id);
    wf_jw_key_text(m->w, "short", wanted->short_ ? wanted->short_->id : NULL);
    put_puts(m, wanted);
}

static void put_parallel(struct model *m, const struct wf_step *step)
{
    wf_jw_key(m->w, "lanes");
    wf_jw_open(m->w, '[');
    for (const struct wf_lane *at = step->lanes; at; at = at->next) {
        wf_jw_open(m->w, '{');
        wf_jw_key_text(m->w, "id", at->id);
        put_words(m, at->id, at->words);
        wf_jw_key_text(m->w, "start", at->start->id);
        wf_jw_close(m->w, '}');
    }
    wf_jw_close(m->w, ']');
    put_number(m, "enough", step->enough > 0, step->enough);
    wf_jw_key_text(m->w, "next", step->then->id);
}

static void put_end(struct model *m, const struct wf_step *step)
{
    put_flag(m, "void", step->void_);
}

static void put_steps(struct model *m, const struct wf_form *form)
{
    static const struct {
        const char *word;
        void (*put)(struct model *m, const struct wf_step *step);
    } kinds[] = {
        [WF_STEP_WORK] = { "step", put_work },
        [WF_STEP_APPROVAL] = { "approval", put_approval },
        [WF_STEP_BRANCH] = { "branch", put_branch },
        [WF_STEP_WAIT] = { "wait", put_wait },
        [WF_STEP_CALL] = { "call", put_call },
        [WF_STEP_COLLECT] = { "collect", put_collect },
        [WF_STEP_PARALLEL] = { "parallel", put_parallel },
        [WF_STEP_END] = { "end", put_end },
    };

    wf_jw_key_text(m->w, "start", form->start->id);
    wf_jw_key(m->w, "steps");
    wf_jw_open(m->w, '[');
    for (const struct wf_step *at = form->steps; at; at = at->next) {
        wf_jw_open(m->w, '{');
        wf_jw_key_text(m->w, "id", at->id);
        wf_jw_key_text(m->w, "kind", kinds[at->kind].word);
        put_words(m, at->id, at->words);
        if (at->lane)
            wf_jw_key_text(m->w, "lane", at->lane->id);
        kinds[at->kind].put(m, at);
        wf_jw_close(m->w, '}');
    }
    wf_jw_close(m->w, ']');
}

/* --- Views, and the whole */

static void put_views(struct model *m, const struct wf_form *form)
{
    wf_jw_key(m->w, "views");
    wf_jw_open(m->w, '[');
    for (const struct wf_view *at = form->views; at; at = at->next) {
        wf_jw_open(m->w, '{');
        wf_jw_key_text(m->w, "view", at->kind);
        for (size_t i = 0; i < at->attrs.n; i++)
            wf_jw_key_text(m->w, at->attrs.entries[i].key,
                           at->attrs.entries[i].value);
        wf_jw_close(m->w, '}');
    }
    wf_jw_close(m->w, ']');
}

static void put_appeal(struct model *m, const struct wf_appeal *appeal)
{
    if (!appeal)
        return;
    wf_jw_key(m->w, "appeal");
    wf_jw_open(m->w, '{');
    put_who(m, "by", appeal->by);
    put_path(m, "field", appeal->field);
    wf_jw_key_text(m->w, "form", appeal->form);
    put_duration(m, "within", appeal->within);
    wf_jw_close(m->w, '}');
}

static void put_roles(struct model *m, const struct wf_form *form)
{
    put_who(m, "reopen", form->access.reopen);
    put_appeal(m, form->access.appeal);
    put_path(m, "subject", form->subject);
    put_path(m, "parent", form->parent);
    put_path(m, "score", form->score);
    put_path(m, "due", form->due);
    put_path(m, "progress", form->progress);
    put_path(m, "period", form->period);
    if (!form->unique)
        return;
    wf_jw_key(m->w, "unique");
    wf_jw_open(m->w, '[');
    for (const struct wf_field **at = form->unique; *at; at++)
        wf_jw_text(m->w, (*at)->path);
    wf_jw_close(m->w, ']');
}

static void put_base(struct model *m, const struct wf_form *form)
{
    if (!form->base)
        return;
    wf_jw_key(m->w, "base");
    wf_jw_open(m->w, '{');
    wf_jw_key_text(m->w, "id", form->base);
    wf_jw_key(m->w, "version");
    wf_jw_int(m->w, form->base_version);
    wf_jw_close(m->w, '}');
}

/* What formulas see besides the document. */
static void put_surroundings(struct model *m, const struct wf_form *form,
                             const struct wf_registry *registry)
{
    const struct wf_package *package = form->package;

    wf_jw_key_text(m->w, "zone", package->timezone);
    wf_jw_key(m->w, "settings");
    wf_jw_open(m->w, '{');
    for (const struct wf_setting *at = package->settings; at; at = at->next) {
        const struct wf_json *value =
            registry ? wf_registry_setting(registry, package->id, at->id)
                     : at->value;

        wf_jw_key(m->w, at->id);
        wf_jw_tree(m->w, value);
    }
    wf_jw_close(m->w, '}');
}

void wf_form_json(const struct wf_form *form,
                  const struct wf_registry *registry, const char *lang,
                  struct wf_json_writer *out)
{
    struct model m = { out, lang };

    wf_jw_open(out, '{');
    wf_jw_key_text(out, "id", form->id);
    wf_jw_key(out, "version");
    wf_jw_int(out, form->version);
    wf_jw_key_text(out, "family", form->family);
    put_base(&m, form);
    wf_jw_key_text(out, "package", form->package->id);
    wf_jw_key_text(out, "lang", form->package->lang);
    put_words(&m, form->id, form->words);
    put_who(&m, "audience", form->audience);
    put_flag(&m, "runs_as_system", form->run_as_system);
    put_roles(&m, form);
    put_surroundings(&m, form, registry);
    put_fields(&m, form);
    put_rules(&m, form);
    put_steps(&m, form);
    put_views(&m, form);
    wf_jw_close(out, '}');
}
