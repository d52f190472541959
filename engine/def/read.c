/* def/read.c - the readers that attribute tables are made of: one for each
 * kind of value.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/date.h"
#include "base/str.h"
#include "def/limits.h"
#include "def/shape.h"

const enum wf_word wf_word_label = WF_WORD_LABEL, wf_word_help = WF_WORD_HELP,
                   wf_word_message = WF_WORD_MESSAGE,
                   wf_word_title = WF_WORD_TITLE, wf_word_unit = WF_WORD_UNIT,
                   wf_word_placeholder = WF_WORD_PLACEHOLDER;

void wf_read_text(struct wf_load *load, const struct wf_attr *attr,
                  void *member, const void *arg)
{
    (void)arg;
    *(const char **)member = wf_arena_str(load->arena, attr->value);
}

void wf_read_words(struct wf_load *load, const struct wf_attr *attr,
                   void *member, const void *arg)
{
    WF_LIST(const char *) words = { 0 };
    struct wf_str rest = wf_str_of(attr->value), part;

    (void)arg;
    while (wf_str_split(&rest, ' ', &part))
        if (part.len)
            *WF_PUSH(load->arena, &words) = wf_arena_slice(load->arena, part);
    *WF_PUSH(load->arena, &words) = NULL;
    *(const char ***)member = words.at;
}

void wf_read_id(struct wf_load *load, const struct wf_attr *attr, void *member,
                const void *arg)
{
    if (!wf_str_is_id(attr->value))
        wf_diag_at(load->diags, attr->place, "id",
                   "\"%s\" is not an id: write a small letter, then small "
                   "letters, digits, _ and -, at most 63 in all",
                   attr->value);
    wf_read_text(load, attr, member, arg);
}

void wf_read_name(struct wf_load *load, const struct wf_attr *attr,
                  void *member, const void *arg)
{
    if (wf_str_is_id(attr->value) && strchr(attr->value, '-')) {
        char *with = wf_arena_str(load->scratch, attr->value);

        for (char *c = with; *c; c++)
            if (*c == '-')
                *c = '_';
        wf_diag_at(load->diags, attr->place, "id",
                   "formulas would read the - in \"%s\" as minus; write "
                   "\"%s\"",
                   attr->value, with);
        wf_read_text(load, attr, member, arg);
        return;
    }
    wf_read_id(load, attr, member, arg);
}

void wf_read_word(struct wf_load *load, const struct wf_attr *attr,
                  void *member, const void *arg)
{
    struct wf_words **words = member;
    enum wf_word word = *(const enum wf_word *)arg;

    if (strlen(attr->value) > WF_MAX_TEXT)
        wf_diag_at(load->diags, attr->place, "limit",
                   "a text for people has at most %d bytes", WF_MAX_TEXT);
    if (!*words) {
        *words = WF_NEW(load->arena, struct wf_words);
        (*words)->lang = load->lang;
    }
    (*words)->at[word] = wf_arena_str(load->arena, attr->value);
}

void wf_read_zone(struct wf_load *load, const struct wf_attr *attr,
                  void *member, const void *arg)
{
    if (wf_zone_known(attr->value))
        wf_read_text(load, attr, member, arg);
    else
        wf_diag_at(load->diags, attr->place, "unknown",
                   "there is no time zone \"%s\"; write one such as "
                   "Asia/Shanghai",
                   attr->value);
}

void wf_read_bool(struct wf_load *load, const struct wf_attr *attr,
                  void *member, const void *arg)
{
    (void)arg;
    if (wf_streq(attr->value, "true") || wf_streq(attr->value, "false"))
        *(bool *)member = attr->value[0] == 't';
    else
        wf_diag_at(load->diags, attr->place, "type",
                   "%s=\"%s\" must be \"true\" or \"false\"", attr->name,
                   attr->value);
}

void wf_read_count(struct wf_load *load, const struct wf_attr *attr,
                   void *member, const void *arg)
{
    const struct wf_range *range = arg;
    int64_t n;

    if (wf_str_to_int(wf_str_of(attr->value), &n) && n >= range->least
        && n <= range->most)
        *(int *)member = (int)n;
    else
        wf_diag_at(load->diags, attr->place, "type",
                   "%s=\"%s\" must be a whole number from %d to %d", attr->name,
                   attr->value, range->least, range->most);
}

/* An enum is an unsigned int to both compilers unless a value is negative,
 * which none of ours is. */
void wf_read_choice(struct wf_load *load, const struct wf_attr *attr,
                    void *member, const void *arg)
{
    struct wf_buf words = WF_BUF_INIT(load->scratch);
    struct wf_suggest guess = WF_SUGGEST_INIT(attr->value);

    for (const struct wf_choice_row *row = arg; row->word; row++) {
        if (wf_streq(row->word, attr->value)) {
            *(unsigned *)member = row->value;
            return;
        }
        wf_suggest_offer(&guess, row->word);
        wf_buf_printf(&words, "%s%s", words.len ? ", " : "", row->word);
    }
    if (guess.best)
        wf_diag_at(load->diags, attr->place, "unknown",
                   "%s=\"%s\" is not possible; did you mean \"%s\"?",
                   attr->name, attr->value, guess.best);
    else
        wf_diag_at(load->diags, attr->place, "unknown",
                   "%s=\"%s\" is not possible; write one of: %s", attr->name,
                   attr->value, wf_buf_text(&words));
}

/* clang-format off */
static const struct wf_choice_row nobody_words[] = {
    { "skip",  WF_NOBODY_SKIP },  { "manager", WF_NOBODY_MANAGER },
    { "admin", WF_NOBODY_ADMIN }, { "fail",    WF_NOBODY_FAIL },
    { "person(LOGIN)", WF_NOBODY_PERSON }, { NULL, 0 },
};
/* clang-format on */

void wf_read_nobody(struct wf_load *load, const struct wf_attr *attr,
                    void *member, const void *arg)
{
    const struct wf_who *who;

    if (!wf_str_starts(attr->value, "person(")) {
        wf_read_choice(load, attr, member, nobody_words);
        return;
    }
    who = wf_who_parse(load->arena, attr->place, attr->value, NULL,
                       WF_WHO_FOR_WORK, load->diags);
    if (who && who->kind != WF_WHO_PERSON)
        wf_diag_at(load->diags, attr->place, "type",
                   "nobody=\"…\" takes one person: write person(LOGIN)");
    *(enum wf_nobody *)member = WF_NOBODY_PERSON;
    *(const struct wf_who **)(void *)((char *)member + *(const size_t *)arg) =
        who;
}

/* --- Names, resolved later */

void wf_read_when(struct wf_load *load, const struct wf_attr *attr,
                  void *member, const void *arg)
{
    struct wf_ref *ref = wf_load_refer(load, WF_REF_EXPR, attr, member);

    ref->want = WF_T_BOOLEAN;
    ref->items = load->items;
    ref->owner = load->field;
    ref->use = arg ? *(const unsigned *)arg : 0;
}

void wf_read_who(struct wf_load *load, const struct wf_attr *attr, void *member,
                 const void *arg)
{
    struct wf_ref *ref = wf_load_refer(load, WF_REF_WHO, attr, member);

    ref->use = *(const unsigned *)arg;
}

void wf_read_step(struct wf_load *load, const struct wf_attr *attr,
                  void *member, const void *arg)
{
    (void)arg;
    wf_load_refer(load, WF_REF_STEP, attr, member);
}

void wf_read_field(struct wf_load *load, const struct wf_attr *attr,
                   void *member, const void *arg)
{
    (void)arg;
    wf_load_refer(load, WF_REF_FIELD, attr, member);
}

void wf_read_set(struct wf_load *load, const struct wf_attr *attr, void *member,
                 const void *arg)
{
    struct wf_ref *ref = wf_load_refer(load, WF_REF_SET, attr, member);

    ref->use = arg ? *(const unsigned *)arg : 0;
}

/* --- Numbers */

/* Written as in JSON, whose reader follows no locale. */
bool wf_load_number(struct wf_load *load, const struct wf_attr *attr,
                    double *out)
{
    struct wf_json_limits limits = WF_JSON_LIMITS;
    weft_error err = WEFT_ERROR_INIT;
    struct wf_json *json;

    if (wf_json_parse(load->scratch, attr->value, strlen(attr->value), &limits,
                      &json, &err)
        && wf_json_is(json, WF_JSON_NUMBER)) {
        *out = json->u.number;
        return true;
    }
    wf_diag_at(load->diags, attr->place, "type",
               "%s=\"%s\" must be a number such as 10 or 0.5", attr->name,
               attr->value);
    return false;
}
