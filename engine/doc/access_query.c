/* doc/access_query.c - the rules of access as one SQL condition.
 *
 * Each stored version of a form has its own rules; versions whose rules read
 * the same share a condition. Whatever follows from what the query says
 * already is left out, so that a list of one's own documents stays a walk
 * along an index.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/list.h"
#include "doc/access_ask.h"
#include "doc/cc.h"
#include "doc/covers.h"
#include "doc/fields.h"
#include "doc/unseen.h"
#include "doc/veil.h"

/* Versions of one form that have the same rules. */
struct group {
    const struct wf_form *form; /* one of them */
    const char *rules;
    struct wf_fields fields; /* of that one, to be seen */
    WF_LIST(int) versions;
};

struct groups {
    struct group *at;
    size_t n, cap;
};

/* One condition in the making. */
struct asking {
    struct wf_call *call;
    const struct wf_ask *ask;
    struct wf_query *query;
};

static void add_form(struct wf_call *call, const struct wf_form *form,
                     const char *id, struct wf_forms *out)
{
    if (!id || wf_form_is_of(call->registry, form, id))
        *WF_PUSH(call->arena, out) = form;
}

void wf_ask_forms(struct wf_call *call, const char *form, struct wf_forms *out)
{
    size_t cursor = 0;
    const struct wf_form *f;

    while ((f = wf_registry_next(call->registry, &cursor)))
        add_form(call, f, form, out);
}

void wf_ask_add_forms(const struct wf_forms *forms, struct wf_query *query)
{
    if (forms->n == 0) {
        wf_query_add(query, WF_SQL("1 = 0"));
        return;
    }
    if (forms->n == 1) { /* an index can then give the order as well */
        wf_query_add(query, WF_SQL("d.form = "));
        wf_query_bind_text(query, forms->at[0]->id);
        return;
    }
    wf_query_add(query, WF_SQL("d.form IN ("));
    for (size_t i = 0; i < forms->n; i++) {
        if (i > 0)
            wf_query_add(query, WF_SQL(", "));
        wf_query_bind_text(query, forms->at[i]->id);
    }
    wf_query_add(query, WF_SQL(")"));
}

static void write_type(void *self, const struct wf_field *field)
{
    struct wf_buf *out = self;

    wf_buf_printf(out, " %d", (int)field->type);
}

static void write_when(struct wf_buf *out, const struct wf_expr *when)
{
    if (!when)
        return;
    wf_buf_printf(out, " when %s", wf_expr_text(when));
    wf_expr_uses(when, write_type, out);
}

static bool shows_all(const struct wf_grant *grant,
                      const struct wf_fields *fields)
{
    for (size_t i = 0; i < fields->n; i++)
        if (!wf_grant_shows(grant, fields->at[i]))
            return false;
    return true;
}

static bool covers_any(const struct wf_hide *hide,
                       const struct wf_fields *fields)
{
    for (size_t i = 0; i < fields->n; i++)
        if (wf_hide_covers(hide, fields->at[i]))
            return true;
    return false;
}

static bool any_private(const struct wf_fields *fields)
{
    for (size_t i = 0; i < fields->n; i++)
        if (fields->at[i]->hidden_by_default)
            return true;
    return false;
}

/* Whether the grant gives what is asked beyond reading. */
static bool gives(const struct wf_ask *ask, const struct wf_grant *grant)
{
    return !ask->right || (grant->rights & ask->right);
}

/* What the condition of a version is made of: equal texts, equal conditions. */
static const char *rules_of(struct wf_arena *arena, const struct wf_ask *ask,
                            const struct wf_form *form,
                            const struct wf_fields *fields)
{
    struct wf_buf text = WF_BUF_INIT(arena);

    for (size_t i = 0; i < fields->n; i++)
        wf_buf_printf(&text, "%s ", fields->at[i]->path);
    wf_buf_str(&text, any_private(fields) ? "private" : "");
    for (const struct wf_grant *g = form->access.grants; g; g = g->next) {
        if (!gives(ask, g))
            continue;
        wf_buf_str(&text, "\ngrant ");
        for (size_t i = 0; i < fields->n; i++)
            wf_buf_char(&text, wf_grant_shows(g, fields->at[i]) ? '+' : '-');
        wf_who_write(&text, g->to);
        write_when(&text, g->when);
    }
    for (const struct wf_hide *h = form->access.hides; h; h = h->next) {
        if (!covers_any(h, fields))
            continue;
        wf_buf_str(&text, "\nhide ");
        wf_who_write(&text, h->from);
        write_when(&text, h->when);
    }
    return wf_buf_text(&text);
}

static void add_version(struct asking *a, const struct wf_form *version,
                        struct groups *out, size_t first)
{
    struct wf_arena *arena = a->call->arena;
    struct wf_fields fields = { 0 };
    struct group *group = NULL;
    const char *rules;

    if (a->ask->fields
        && !a->ask->fields(a->ask->self, arena, version, &fields))
        return;
    rules = rules_of(arena, a->ask, version, &fields);
    for (size_t i = first; i < out->n && !group; i++)
        if (wf_streq(out->at[i].rules, rules))
            group = &out->at[i];
    if (!group) {
        group = WF_PUSH(arena, out);
        group->form = version;
        group->rules = rules;
        group->fields = fields;
    }
    *WF_PUSH(arena, &group->versions) = version->version;
}

/* The versions of all forms that are asked for. `whole` is set where a group
 * is all of its form. */
static bool find_groups(struct asking *a, const struct wf_forms *forms,
                        struct groups *out, weft_error *err)
{
    for (size_t i = 0; i < forms->n; i++) {
        const struct wf_form *const *versions;
        size_t n, first = out->n;

        if (!wf_registry_versions(a->call->registry, a->call->db,
                                  forms->at[i]->id, &versions, &n, err))
            return false;
        for (size_t k = 0; k < n; k++)
            add_version(a, versions[k], out, first);
        if (out->n == first + 1 && out->at[first].versions.n == n)
            out->at[first].versions.n = 0; /* all of them */
    }
    return true;
}

/* Whether call->me is among `who` by what the query says already. */
static bool follows(const struct asking *a, const struct wf_who *who)
{
    const struct wf_ask *ask = a->ask;

    switch (who->kind) {
    case WF_WHO_EVERYONE:
        return !a->call->me->service; /* programs are nobody of it */
    case WF_WHO_OWNER:
        return ask->is_subject;
    case WF_WHO_CREATOR:
        return ask->is_creator;
    case WF_WHO_PARTICIPANTS:
        return ask->is_subject || ask->is_creator;
    case WF_WHO_OR:
        return follows(a, who->left) || follows(a, who->right);
    case WF_WHO_AND:
        return follows(a, who->left) && follows(a, who->right);
    default:
        return false;
    }
}

/* Whether everybody who may read a document of the version sees the fields. */
static bool is_open(const struct wf_form *version,
                    const struct wf_fields *fields)
{
    for (size_t i = 0; i < fields->n; i++)
        if (!wf_field_is_open(version, fields->at[i]))
            return false;
    return true;
}

/* Whether the group needs no condition at all. */
static bool is_free(const struct asking *a, const struct group *group)
{
    const struct wf_access *access = &group->form->access;

    if (a->ask->is_read && !a->ask->right
        && is_open(group->form, &group->fields))
        return true;
    for (const struct wf_hide *h = access->hides; h; h = h->next)
        if (covers_any(h, &group->fields))
            return false;
    for (const struct wf_grant *g = access->grants; g; g = g->next)
        if (!g->when && gives(a->ask, g) && shows_all(g, &group->fields)
            && follows(a, g->to))
            return true;
    return false;
}

static bool add_rule(struct asking *a, const struct wf_form *form,
                     const struct wf_who *who, const struct wf_expr *when,
                     weft_error *err)
{
    if (when) {
        if (!wf_when_query(a->call, form, when, a->query, err))
            return false;
        wf_query_add(a->query, WF_SQL(" AND "));
    }
    if (follows(a, who)) {
        wf_query_add(a->query, WF_SQL("1 = 1"));
        return true;
    }
    return wf_who_query(a->call, who, form,
                        a->ask->by_row ? WF_WHO_BY_ROW : WF_WHO_BY_SETS,
                        a->query, err);
}

/* An open seat shows what is not private, but for what whoever gave it away did
 * not see; what it shows beyond that is left to the document itself. */
static void add_seat(struct asking *a, const struct wf_form *form,
                     const struct wf_fields *fields)
{
    wf_query_add(a->query, WF_SQL("EXISTS (SELECT 1 FROM seat s WHERE"
                                  " s.document = d.id AND s.state = 'open'"
                                  " AND s.person = "));
    wf_query_bind_int(a->query, a->call->me->id);
    for (size_t i = 0; i < fields->n; i++)
        wf_unseen_query(form, fields->at[i], a->query);
    wf_query_add(a->query, WF_SQL(") OR "));
}

/* Some grant, or work, shows `fields`. Work is asked last: it costs most. */
static bool add_grants(struct asking *a, const struct group *group,
                       const struct wf_fields *fields, weft_error *err)
{
    const struct wf_form *form = group->form;

    wf_query_add(a->query, WF_SQL("("));
    for (const struct wf_grant *g = form->access.grants; g; g = g->next) {
        if (!gives(a->ask, g) || !shows_all(g, fields))
            continue;
        wf_query_add(a->query, WF_SQL("("));
        if (!add_rule(a, form, g->to, g->when, err))
            return false;
        wf_query_add(a->query, WF_SQL(") OR "));
    }
    if (!any_private(fields) && !a->ask->right)
        add_seat(a, form, fields);
    if (!a->ask->right && wf_copy_shows_all(form, fields->at, fields->n))
        wf_cc_query(a->call, a->query);
    else
        wf_query_add(a->query, WF_SQL("1 = 0"));
    wf_query_add(a->query, WF_SQL(")"));
    return true;
}

static bool add_hides(struct asking *a, const struct group *group,
                      weft_error *err)
{
    const struct wf_form *form = group->form;

    for (const struct wf_hide *h = form->access.hides; h; h = h->next) {
        if (!covers_any(h, &group->fields))
            continue;
        wf_query_add(a->query, WF_SQL(" AND CASE WHEN "));
        if (!add_rule(a, form, h->from, h->when, err))
            return false;
        wf_query_add(a->query, WF_SQL(" THEN 0 ELSE 1 END = 1"));
    }
    return true;
}

/* Whether the same grants show both, and all work and copies, or none. */
static bool shown_alike(const struct wf_form *form, const struct wf_field *a,
                        const struct wf_field *b)
{
    if (!(a->hidden_by_default && b->hidden_by_default)
        && !(wf_copy_shows(form, a) && wf_copy_shows(form, b)))
        return false;
    for (const struct wf_grant *g = form->access.grants; g; g = g->next)
        if (wf_grant_shows(g, a) != wf_grant_shows(g, b))
            return false;
    return true;
}

/* Whether a field before the one at `i` has the same condition. */
static bool is_said(const struct group *group, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (shown_alike(group->form, group->fields.at[k], group->fields.at[i]))
            return true;
    return false;
}

/* Each field may be shown by another grant. */
static bool add_rules(struct asking *a, const struct group *group,
                      weft_error *err)
{
    const struct wf_fields none = { 0 };

    if (group->fields.n == 0)
        return add_grants(a, group, &none, err);
    for (size_t i = 0; i < group->fields.n; i++) {
        const struct wf_fields one = { &group->fields.at[i], 1, 1 };

        if (is_said(group, i))
            continue;
        if (i > 0)
            wf_query_add(a->query, WF_SQL(" AND "));
        if (!add_grants(a, group, &one, err))
            return false;
    }
    return add_hides(a, group, err);
}

static bool add_group(struct asking *a, const struct group *group,
                      weft_error *err)
{
    wf_query_add(a->query, WF_SQL("(d.form = "));
    wf_query_bind_text(a->query, group->form->id);
    for (size_t i = 0; i < group->versions.n; i++) {
        wf_query_add(a->query,
                     i == 0 ? WF_SQL(" AND d.version IN (") : WF_SQL(", "));
        wf_query_bind_int(a->query, group->versions.at[i]);
    }
    if (group->versions.n)
        wf_query_add(a->query, WF_SQL(")"));
    if (!is_free(a, group)) {
        wf_query_add(a->query, WF_SQL(" AND "));
        if (!add_rules(a, group, err))
            return false;
    }
    wf_query_add(a->query, WF_SQL(")"));
    return true;
}

/* No condition on the rows is left: only which forms. */
static bool are_free(const struct asking *a, const struct groups *groups)
{
    for (size_t i = 0; i < groups->n; i++)
        if (groups->at[i].versions.n || !is_free(a, &groups->at[i]))
            return false;
    return true;
}

/* Those without a condition first: they cost least. */
static bool add_groups(struct asking *a, const struct groups *groups,
                       weft_error *err)
{
    size_t n = 0;

    wf_query_add(a->query, WF_SQL("("));
    for (int free = 1; free >= 0; free--)
        for (size_t i = 0; i < groups->n; i++) {
            if (is_free(a, &groups->at[i]) != (free == 1))
                continue;
            if (n++ > 0)
                wf_query_add(a->query, WF_SQL(" OR "));
            if (!add_group(a, &groups->at[i], err))
                return false;
        }
    wf_query_add(a->query, WF_SQL(")"));
    return true;
}

/* What the rules of the forms say. */
static bool add_access(struct asking *a, const struct wf_forms *forms,
                       const struct groups *groups, weft_error *err)
{
    if (groups->n == 0 || (!a->call->me && !a->call->system)) {
        wf_query_add(a->query, WF_SQL("1 = 0"));
        return true;
    }
    if (!a->call->system && !are_free(a, groups))
        return add_groups(a, groups, err);
    if (a->ask->form)
        wf_ask_add_forms(forms, a->query);
    else
        wf_query_add(a->query, WF_SQL("1 = 1"));
    return true;
}

/* Documents behind a veil that call->me writes, which no rule shows. */
static bool add_own_veiled(struct asking *a, const struct wf_forms *forms,
                           weft_error *err)
{
    struct wf_veiled mine;

    if (a->ask->fields || a->ask->right)
        return true; /* there, no list looks for what a field holds */
    if (!wf_veil_mine(a->call, &mine, err))
        return false;
    if (mine.n == 0)
        return true;
    for (size_t i = 0; i < mine.n; i++) {
        wf_query_add(a->query, i == 0 ? WF_SQL("d.id IN (") : WF_SQL(", "));
        wf_query_bind_int(a->query, mine.at[i]);
    }
    wf_query_add(a->query, WF_SQL(") AND "));
    wf_ask_add_forms(forms, a->query);
    wf_query_add(a->query, WF_SQL(" OR "));
    return true;
}

bool wf_ask_add(struct wf_call *call, const struct wf_ask *ask,
                struct wf_query *query, weft_error *err)
{
    struct asking a = { call, ask, query };
    struct wf_forms forms = { 0 };
    struct groups groups = { 0 };

    wf_ask_forms(call, ask->form, &forms);
    if (!find_groups(&a, &forms, &groups, err))
        return false;
    if (ask->is_read)
        return add_access(&a, &forms, &groups, err);
    wf_query_add(query, WF_SQL("("));
    if (!add_own_veiled(&a, &forms, err))
        return false;
    if (!ask->is_creator) { /* what has a creator is behind no veil */
        wf_veil_query(query, ask->is_subject);
        wf_query_add(query, WF_SQL(" AND "));
    }
    if (!add_access(&a, &forms, &groups, err))
        return false;
    wf_query_add(query, WF_SQL(")"));
    return true;
}

/* --- Where they are */

/* Whom grants of the form name, each once. */
static bool find_granted(struct asking *a, const struct wf_form *form,
                         enum wf_who_reach *reach, weft_error *err)
{
    WF_LIST(const char *) found = { 0 };
    bool well = true;

    for (const struct wf_grant *g = form->access.grants;
         g && well && *reach != WF_WHO_REACHES_ALL; g = g->next) {
        struct wf_buf text = WF_BUF_INIT(a->call->arena);
        size_t i = 0;

        wf_who_write(&text, g->to);
        while (i < found.n && !wf_streq(found.at[i], wf_buf_text(&text)))
            i++;
        if (i < found.n || !gives(a->ask, g))
            continue;
        *WF_PUSH(a->call->arena, &found) = wf_buf_text(&text);
        well = wf_who_find(a->call, g->to, form, a->query, reach, err);
    }
    return well;
}

/* What work, copies and one's own secrets show. */
static bool find_own(struct asking *a, weft_error *err)
{
    struct wf_veiled mine;

    wf_query_add(a->query, WF_SQL(" UNION ALL SELECT s.document FROM seat s"
                                  " WHERE s.state = 'open' AND s.person = "));
    wf_query_bind_int(a->query, a->call->me->id);
    wf_cc_find(a->call, a->query);
    if (!wf_veil_mine(a->call, &mine, err))
        return false;
    for (size_t i = 0; i < mine.n; i++) {
        wf_query_add(a->query, i == 0 ? WF_SQL(" UNION ALL SELECT v.document"
                                               " FROM veil v WHERE v.document"
                                               " IN (")
                                      : WF_SQL(", "));
        wf_query_bind_int(a->query, mine.at[i]);
    }
    wf_query_add(a->query, mine.n ? WF_SQL(")") : WF_SQL(""));
    return true;
}

bool wf_ask_find(struct wf_call *call, const struct wf_ask *ask,
                 struct wf_query *query, enum wf_who_reach *reach,
                 weft_error *err)
{
    struct asking a = { call, ask, query };
    struct wf_forms forms = { 0 };
    struct groups groups = { 0 };

    *reach = call->system ? WF_WHO_REACHES_ALL : WF_WHO_REACHES_SOME;
    if (call->system || !call->me)
        return true;
    wf_ask_forms(call, ask->form, &forms);
    if (!find_groups(&a, &forms, &groups, err))
        return false;
    for (size_t i = 0; i < groups.n && *reach != WF_WHO_REACHES_ALL; i++) {
        if (is_free(&a, &groups.at[i]))
            *reach = WF_WHO_REACHES_ALL;
        else if (!find_granted(&a, groups.at[i].form, reach, err))
            return false;
    }
    return ask->right || *reach == WF_WHO_REACHES_ALL || find_own(&a, err);
}

static bool are_open(struct wf_call *call, const struct wf_ask *ask,
                     const struct wf_form *form, bool *out, weft_error *err)
{
    const struct wf_form *const *versions;
    size_t n;

    if (!wf_registry_versions(call->registry, call->db, form->id, &versions, &n,
                              err))
        return false;
    for (size_t i = 0; i < n && *out; i++) {
        struct wf_fields fields = { 0 };

        if (ask->fields(ask->self, call->arena, versions[i], &fields))
            *out = is_open(versions[i], &fields);
    }
    return true;
}

bool wf_ask_is_open(struct wf_call *call, const struct wf_ask *ask, bool *out,
                    weft_error *err)
{
    struct wf_forms forms = { 0 };

    *out = true;
    if (call->system || !ask->fields)
        return true;
    wf_ask_forms(call, ask->form, &forms);
    for (size_t i = 0; i < forms.n && *out; i++)
        if (!are_open(call, ask, forms.at[i], out, err))
            return false;
    return true;
}

static bool by_path(const void *self, struct wf_arena *arena,
                    const struct wf_form *version, struct wf_fields *out)
{
    const struct wf_field *field = wf_form_field(version, self);

    if (field)
        *WF_PUSH(arena, out) = field;
    return field != NULL;
}

struct wf_ask wf_ask_field(const char *form, const char *field)
{
    return (struct wf_ask){ .form = form,
                            .fields = field ? by_path : NULL,
                            .self = field };
}

bool wf_access_query(struct wf_call *call, const char *form, const char *field,
                     struct wf_query *query, weft_error *err)
{
    const struct wf_ask ask = wf_ask_field(form, field);

    return wf_ask_add(call, &ask, query, err);
}
