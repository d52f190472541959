/* def/parse_access.c - reads <access>: who may create, what is granted, what is
 * hidden.
 *
 * Source: docs/definition-language.md, "Access".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages.h"
#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

static const unsigned who_creates = WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT;
static const unsigned who_sees = WF_WHO_FOR_ACCESS;
static const unsigned use_by_name = WF_USE_BY_NAME;

/* clang-format off */
static const struct right_row {
    const char *word;
    unsigned right;
} rights[] = {
    { "read",    WF_RIGHT_READ },    { "comment",    WF_RIGHT_COMMENT },
    { "edit",    WF_RIGHT_EDIT },    { "act",        WF_RIGHT_ACT },
    { "export",  WF_RIGHT_EXPORT },  { "derive",     WF_RIGHT_DERIVE },
    { "delete",  WF_RIGHT_DELETE },  { "administer", WF_RIGHT_ADMINISTER },
};
/* clang-format on */

const char *wf_right_word(unsigned right)
{
    for (size_t i = 0; i < WF_COUNT(rights); i++)
        if (rights[i].right == right)
            return rights[i].word;
    return NULL;
}

static unsigned right_of(struct wf_load *load, const struct wf_attr *attr,
                         const char *word)
{
    struct wf_suggest guess = WF_SUGGEST_INIT(word);

    for (size_t i = 0; i < WF_COUNT(rights); i++) {
        if (wf_streq(rights[i].word, word))
            return rights[i].right;
        wf_suggest_offer(&guess, rights[i].word);
    }
    wf_load_unknown(load, attr->place, WF_MESSAGE("right"), &guess);
    return 0;
}

/* Whoever may do more may also read. */
static void read_rights(struct wf_load *load, const struct wf_attr *attr,
                        void *member, const void *arg)
{
    struct wf_str rest = wf_str_of(attr->value), part;
    unsigned all = 0;

    (void)arg;
    while (wf_str_split(&rest, ' ', &part))
        if (part.len)
            all |= right_of(load, attr, wf_arena_slice(load->scratch, part));
    *(unsigned *)member = all | WF_RIGHT_READ;
}

/* --- <create>, <reopen>, <appeal>: once each */

/* clang-format off */
static const struct wf_attr_row create_attrs[] = {
    { "by", wf_read_who, offsetof(struct wf_form, access.create), true, &who_creates },
};
static const struct wf_attr_row reopen_attrs[] = {
    { "by", wf_read_who, offsetof(struct wf_form, access.reopen), true, &who_sees },
};
/* clang-format on */

static const struct wf_shape create_shape = { create_attrs,
                                              WF_COUNT(create_attrs), NULL, 0,
                                              WF_NO_WORDS };
static const struct wf_shape reopen_shape = { reopen_attrs,
                                              WF_COUNT(reopen_attrs), NULL, 0,
                                              WF_NO_WORDS };

static void parse_once(struct wf_load *load, const struct wf_elem *elem,
                       const struct wf_shape *shape, void *parent)
{
    for (const struct wf_elem *at = elem->parent->first; at != elem;
         at = at->next)
        if (wf_elem_is(at, elem->name)) {
            wf_diag_at(load->diags, elem->place, "duplicate",
                       "there is a <%s> already, in line %d; join the people "
                       "by a comma",
                       elem->name, at->place.line);
            return;
        }
    wf_load_read(load, elem, shape, parent);
}

static void parse_create(struct wf_load *load, const struct wf_elem *elem,
                         void *parent)
{
    parse_once(load, elem, &create_shape, parent);
}

static void parse_reopen(struct wf_load *load, const struct wf_elem *elem,
                         void *parent)
{
    parse_once(load, elem, &reopen_shape, parent);
}

#define AT(member) offsetof(struct wf_appeal, member)
/* clang-format off */
static const struct wf_attr_row appeal_attrs[] = {
    { "by",     wf_read_who,      AT(by),     true,  &who_sees },
    { "field",  wf_read_field,    AT(field),  true,  NULL },
    { "form",   wf_read_text,     AT(form),   true,  NULL },
    { "within", wf_read_duration, AT(within), false, NULL },
};
/* clang-format on */
#undef AT
static const struct wf_shape appeal_shape = { appeal_attrs,
                                              WF_COUNT(appeal_attrs), NULL, 0,
                                              WF_NO_WORDS };

static void parse_appeal(struct wf_load *load, const struct wf_elem *elem,
                         void *parent)
{
    struct wf_form *form = parent;
    struct wf_appeal *appeal = WF_NEW(load->arena, struct wf_appeal);

    appeal->place = elem->place;
    parse_once(load, elem, &appeal_shape, appeal);
    if (!form->access.appeal)
        form->access.appeal = appeal;
}

/* --- <grant> */

static void read_said_fields(struct wf_load *load, const struct wf_attr *attr,
                             void *member, const void *arg)
{
    struct wf_grant *grant = member;

    grant->fields_said = true;
    wf_read_set(load, attr, &grant->fields, arg);
}

/* clang-format off */
static const struct wf_attr_row grant_attrs[] = {
    { "to",     wf_read_who,      offsetof(struct wf_grant, to),     true,  &who_sees },
    { "rights", read_rights,      offsetof(struct wf_grant, rights), true,  NULL },
    { "fields", read_said_fields, 0,                                 false, &use_by_name },
    { "when",   wf_read_when,     offsetof(struct wf_grant, when),   false, NULL },
};
/* clang-format on */

static const struct wf_shape grant_shape = { grant_attrs, WF_COUNT(grant_attrs),
                                             NULL, 0, WF_NO_WORDS };

static void parse_grant(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_form *form = parent;
    struct wf_grant *grant = WF_NEW(load->arena, struct wf_grant);
    struct wf_grant **end = &form->access.grants;
    size_t n = 0;

    grant->place = elem->place;
    wf_load_read(load, elem, &grant_shape, grant);
    grant->fields.all = !grant->fields_said;
    for (; *end; end = &(*end)->next)
        n++;
    if (wf_load_room(load, elem, n, WF_MAX_GRANTS))
        *end = grant;
}

/* --- <hide> */

/* clang-format off */
static const struct wf_attr_row hide_attrs[] = {
    { "fields", wf_read_set,  offsetof(struct wf_hide, fields), true,  NULL },
    { "from",   wf_read_who,  offsetof(struct wf_hide, from),   true,  &who_sees },
    { "when",   wf_read_when, offsetof(struct wf_hide, when),   false, NULL },
};
/* clang-format on */

static const struct wf_shape hide_shape = { hide_attrs, WF_COUNT(hide_attrs),
                                            NULL, 0, WF_NO_WORDS };

static void parse_hide(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    struct wf_form *form = parent;
    struct wf_hide *hide = WF_NEW(load->arena, struct wf_hide);
    struct wf_hide **end = &form->access.hides;
    size_t n = 0;

    hide->place = elem->place;
    wf_load_read(load, elem, &hide_shape, hide);
    for (; *end; end = &(*end)->next)
        n++;
    if (wf_load_room(load, elem, n, WF_MAX_GRANTS))
        *end = hide;
}

/* clang-format off */
static const struct wf_kid_row access_kids[] = {
    { "create", parse_create },
    { "grant",  parse_grant },
    { "hide",   parse_hide },
    { "reopen", parse_reopen },
    { "appeal", parse_appeal },
};
/* clang-format on */

static const struct wf_shape access_shape = { NULL, 0, access_kids,
                                              WF_COUNT(access_kids),
                                              WF_NO_WORDS };

void wf_parse_access(struct wf_load *load, const struct wf_elem *elem,
                     void *parent)
{
    wf_load_read(load, elem, &access_shape, parent);
}
