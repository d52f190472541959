/* def/parse_dashboard.c - reads *.dashboard.xml: reports, lists and boards on
 * one page, for an audience.
 *
 * Source: docs/definition-language.md, "Dashboards".
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"
#include "def/expr_tree.h"
#include "def/fact.h"
#include "def/limits.h"
#include "def/parse.h"
#include "def/report_parts.h"

static const unsigned audience_use = WF_WHO_FOR_ACCESS | WF_WHO_NO_DOCUMENT;

#define AT(member) offsetof(struct wf_part, member)
/* clang-format off */
static const struct wf_attr_row report_attrs[] = {
    { "ref",   wf_read_id,   AT(ref),   true,  NULL },
    { "label", wf_read_word, AT(words), false, &wf_word_label },
};
static const struct wf_attr_row list_attrs[] = {
    { "form",    wf_read_id,   AT(form_id), true,  NULL },
    { "label",   wf_read_word, AT(words),   false, &wf_word_label },
    { "where",   wf_read_said, AT(where),   false, NULL },
    { "columns", wf_read_text, AT(columns), false, NULL },
    { "sort",    wf_read_text, AT(sort),    false, NULL },
};
static const struct wf_attr_row board_attrs[] = {
    { "form",  wf_read_id,   AT(form_id), true,  NULL },
    { "label", wf_read_word, AT(words),   false, &wf_word_label },
    { "where", wf_read_said, AT(where),   false, NULL },
    { "group", wf_read_text, AT(group),   true,  NULL },
    { "card",  wf_read_text, AT(card),    false, NULL },
};
#define SHAPE(attrs) { attrs, WF_COUNT(attrs), NULL, 0, AT(words) }
static const struct wf_shape part_shapes[] = {
    [WF_PART_REPORT] = SHAPE(report_attrs),
    [WF_PART_LIST]   = SHAPE(list_attrs),
    [WF_PART_BOARD]  = SHAPE(board_attrs),
};
/* clang-format on */
#undef SHAPE
#undef AT

static void parse_part(struct wf_load *load, const struct wf_elem *elem,
                       struct wf_dashboard *board, enum wf_part_kind kind)
{
    struct wf_part *part = WF_NEW(load->arena, struct wf_part);
    struct wf_part **end = &board->parts;
    size_t n = 0;

    part->kind = kind;
    part->place = elem->place;
    wf_load_read(load, elem, &part_shapes[kind], part);
    for (; *end; end = &(*end)->next)
        n++;
    if (wf_load_room(load, elem, n, WF_MAX_DASHBOARD_PARTS))
        *end = part;
}

static void parse_report(struct wf_load *load, const struct wf_elem *elem,
                         void *parent)
{
    parse_part(load, elem, parent, WF_PART_REPORT);
}

static void parse_list(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    parse_part(load, elem, parent, WF_PART_LIST);
}

static void parse_board(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    parse_part(load, elem, parent, WF_PART_BOARD);
}

#define AT(member) offsetof(struct wf_dashboard, member)
/* clang-format off */
static const struct wf_attr_row dashboard_attrs[] = {
    { "id",    wf_read_id,   AT(head.id),    true,  NULL },
    { "label", wf_read_word, AT(head.words), false, &wf_word_label },
    { "help",  wf_read_word, AT(head.words), false, &wf_word_help },
    { "for",   wf_read_who,  AT(audience),   false, &audience_use },
};
static const struct wf_kid_row dashboard_kids[] = {
    { "report", parse_report },
    { "list", parse_list },
    { "board", parse_board },
};
/* clang-format on */
static const struct wf_shape dashboard_shape = {
    dashboard_attrs, WF_COUNT(dashboard_attrs), dashboard_kids,
    WF_COUNT(dashboard_kids), AT(head.words)
};
#undef AT

static void parse(struct wf_load *load, const struct wf_elem *root,
                  struct wf_head *head)
{
    struct wf_dashboard *board = (struct wf_dashboard *)(void *)head;

    wf_load_read(load, root, &dashboard_shape, board);
    if (!board->parts)
        wf_diag_at(load->diags, root->place, "required",
                   "a dashboard without parts shows nothing; write <report "
                   "ref=\"…\"/>");
}

/* --- What its parts name */

static bool is_known(const char *word)
{
    static const char *const words[] = { "title",    "step",    "state",
                                         "subject",  "creator", "health",
                                         "progress", "score",   "due",
                                         "created",  "updated", "period" };

    for (size_t i = 0; i < WF_COUNT(words); i++)
        if (wf_streq(words[i], word))
            return true;
    return false;
}

static void check_words(struct wf_load *load, const struct wf_part *part,
                        const char *words)
{
    struct wf_str rest = wf_str_of(words ? words : ""), word;

    while (wf_str_split(&rest, ' ', &word)) {
        const char *text = wf_arena_slice(load->scratch, word);

        text += *text == '-';
        if (*text && !is_known(text) && !wf_form_field(part->form, text))
            wf_diag_at(load->diags, part->place, "unknown",
                       "the form \"%s\" has no field \"%s\"", part->form_id,
                       text);
    }
}

static void link_part(struct wf_load *load, const struct wf_elem *root,
                      struct wf_part *part)
{
    part->form = load->world->form(load->world->self, part->form_id);
    if (!part->form && root)
        wf_load_no_form(load, part->place, part->form_id);
    if (!part->form)
        return;
    wf_link_said(load, &part->where, part->form, WF_T_BOOLEAN);
    if (part->where.expr)
        wf_facts_check(load, part->where.expr);
    check_words(load, part, part->columns);
    check_words(load, part, part->sort);
    check_words(load, part, part->group);
    check_words(load, part, part->card);
}

static void link(struct wf_load *load, const struct wf_elem *root,
                 struct wf_head *head)
{
    struct wf_dashboard *board = (struct wf_dashboard *)(void *)head;

    wf_link_people(load, NULL);
    for (struct wf_part *part = board->parts; part; part = part->next)
        if (part->kind != WF_PART_REPORT && part->form_id)
            link_part(load, root, part);
}

static void uses(const struct wf_head *head, wf_kind_see_fn *see, void *self)
{
    const struct wf_dashboard *board = (const void *)head;

    for (const struct wf_part *part = board->parts; part; part = part->next)
        if (part->form)
            wf_facts_use(part->form, part->where.expr, see, self);
}

const struct wf_kind wf_kind_dashboard = {
    "dashboard", sizeof(struct wf_dashboard), parse, link, NULL, uses
};
