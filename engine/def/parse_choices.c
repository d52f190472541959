/* def/parse_choices.c - reads <option> and <point>: the choices of fields,
 * lists and scales.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>

#include "base/str.h"
#include "def/limits.h"
#include "def/parse.h"

/* Ids of choices are any word of letters, digits, _ and -; every character
 * beyond ASCII counts as a letter. */
static bool is_word(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        if (*c < 0x80 && !isalnum(*c) && *c != '_' && *c != '-')
            return false;
    return *text;
}

static void read_choice_id(struct wf_load *load, const struct wf_attr *attr,
                           void *member, const void *arg)
{
    if (!is_word(attr->value))
        wf_diag_at(load->diags, attr->place, "id",
                   "\"%s\" is not a word of letters, digits, _ and -",
                   attr->value);
    wf_read_text(load, attr, member, arg);
}

static void read_value(struct wf_load *load, const struct wf_attr *attr,
                       void *member, const void *arg)
{
    (void)arg;
    (void)wf_load_number(load, attr, member);
}

/* clang-format off */
static const struct wf_attr_row option_attrs[] = {
    { "id",    read_choice_id, offsetof(struct wf_option, id),    true,  NULL },
    { "label", wf_read_word,   offsetof(struct wf_option, words), false, &wf_word_label },
    { "help",  wf_read_word,   offsetof(struct wf_option, words), false, &wf_word_help },
};
static const struct wf_attr_row point_attrs[] = {
    { "id",    read_choice_id, offsetof(struct wf_option, id),    true,  NULL },
    { "value", read_value,     offsetof(struct wf_option, value), true,  NULL },
    { "label", wf_read_word,   offsetof(struct wf_option, words), false, &wf_word_label },
    { "help",  wf_read_word,   offsetof(struct wf_option, words), false, &wf_word_help },
};
/* clang-format on */

const struct wf_shape wf_option_shape = { option_attrs, WF_COUNT(option_attrs),
                                          NULL, 0,
                                          offsetof(struct wf_option, words) };
const struct wf_shape wf_point_shape = { point_attrs, WF_COUNT(point_attrs),
                                         NULL, 0,
                                         offsetof(struct wf_option, words) };

static void parse_choice(struct wf_load *load, const struct wf_elem *elem,
                         struct wf_choices *choices,
                         const struct wf_shape *shape)
{
    struct wf_option *option = WF_NEW(load->arena, struct wf_option);
    struct wf_option **end = &choices->options;
    size_t n = 0;

    option->place = elem->place;
    wf_load_read(load, elem, shape, option);
    for (; *end; end = &(*end)->next, n++)
        if (option->id && wf_streq((*end)->id, option->id)) {
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "\"%s\" is there already, in line %d", option->id,
                       (*end)->place.line);
            return;
        }
    if (option->id && wf_load_room(load, elem, n, WF_MAX_OPTIONS))
        *end = option;
}

void wf_parse_option(struct wf_load *load, const struct wf_elem *elem,
                     void *parent)
{
    parse_choice(load, elem, parent, &wf_option_shape);
}

void wf_parse_point(struct wf_load *load, const struct wf_elem *elem,
                    void *parent)
{
    parse_choice(load, elem, parent, &wf_point_shape);
}
