/* def/parse_intent.c - reads *.intent.xml: words, and the sentences that they
 * make.
 *
 * Source: docs/assistant.md.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <pthread.h>

#include "base/buf.h"
#include "base/embed.h"
#include "base/letters.h"
#include "base/list.h"
#include "base/str.h"
#include "base/text.h"
#include "def/intent.h"
#include "def/kind.h"
#include "def/parse.h"

enum {
    MAX_WORDS = 200,    /* of a file */
    MAX_PHRASES = 4000, /* of a word, expanded */
    MAX_INTENTS = 100,
    MAX_SLOTS = 12,
    MAX_SAYS = 100,
    MAX_ITEMS = 12,   /* of a sentence */
    MAX_SAID = 10000, /* of a file */
};

static void set_text(struct wf_load *load, struct wf_json *into,
                     const char *key, const char *text)
{
    if (text)
        wf_json_set(load->arena, into, key, wf_json_text(load->arena, text));
}

static void set_flag(struct wf_load *load, struct wf_json *into,
                     const char *key, bool on)
{
    if (on)
        wf_json_set(load->arena, into, key, wf_json_bool(load->arena, true));
}

static struct wf_json *add_array(struct wf_load *load, struct wf_json *into,
                                 const char *key)
{
    struct wf_json *array = wf_json_array(load->arena);

    wf_json_set(load->arena, into, key, array);
    return array;
}

static void add_texts(struct wf_load *load, struct wf_json *into,
                      const char *key, const char *const *texts)
{
    struct wf_json *array = texts ? add_array(load, into, key) : NULL;

    for (; texts && *texts; texts++)
        wf_json_push(load->arena, array, wf_json_text(load->arena, *texts));
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next word of `rest`, without the spaces around it. */
static bool next_word(struct wf_str *rest, struct wf_str *out)
{
    while (rest->len > 0 && is_space(*rest->at)) {
        rest->at++;
        rest->len--;
    }
    *out = (struct wf_str){ rest->at, 0 };
    while (rest->len > 0 && !is_space(*rest->at)) {
        rest->at++;
        rest->len--;
        out->len++;
    }
    return out->len > 0;
}

/* --- Words */

static const struct wf_attr_row words_attrs[] = {
    { "id", wf_read_id, 0, true, NULL },
};
static const struct wf_shape words_shape = { words_attrs, WF_COUNT(words_attrs),
                                             NULL, 0, WF_TEXT_ALONE };

struct phrase_sink {
    struct wf_load *load;
    const struct wf_elem *elem;
    struct wf_intents *intents;
    const char *id;
    size_t n; /* that have been added */
};

static bool add_phrase(struct phrase_sink *sink, struct wf_str phrase)
{
    struct wf_arena *arena = sink->load->arena;

    phrase = wf_str_trim(phrase);
    if (phrase.len == 0)
        return true;
    if (!wf_load_room(sink->load, sink->elem, sink->n++, MAX_PHRASES))
        return false;
    wf_phrases_add(sink->intents->phrases,
                   wf_text_fold(arena, wf_arena_slice(arena, phrase)),
                   sink->id);
    return true;
}

/* All that a phrase with (one/of/these) in it can be: the first group is
 * chosen from, and what comes of it may have more. `(maybe/)` has nothing as a
 * choice. False: there are too many. */
static bool add_phrases(struct phrase_sink *sink, struct wf_str phrase)
{
    const char *end = phrase.at + phrase.len;
    const char *open = memchr(phrase.at, '(', phrase.len);
    const char *close = open ? memchr(open, ')', (size_t)(end - open)) : NULL;
    const char *from = open, *to;
    bool ok = true;

    if (!close)
        return add_phrase(sink, phrase);
    for (; ok && from < close; from = to) {
        from++; /* behind the ( or / */
        to = memchr(from, '/', (size_t)(close - from));
        to = to ? to : close;
        ok = add_phrases(
            sink, wf_str_of(wf_arena_printf(
                      sink->load->arena, "%.*s%.*s%.*s",
                      (int)(open - phrase.at), phrase.at, (int)(to - from),
                      from, (int)(end - close - 1), close + 1)));
    }
    return ok;
}

static void parse_words(struct wf_load *load, const struct wf_elem *elem,
                        void *parent)
{
    struct wf_intents *intents = parent;
    struct wf_str rest = wf_str_of(elem->text), part;
    struct phrase_sink sink = { load, elem, intents, NULL, 0 };

    wf_load_read(load, elem, &words_shape, &sink.id);
    if (!sink.id || !wf_load_room(load, elem, intents->words.n, MAX_WORDS))
        return;
    if (!wf_map_add(load->arena, &intents->words, sink.id, intents))
        wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                   "there are words \"%s\" already in this file", sink.id);
    while (wf_str_split(&rest, ',', &part))
        if (!add_phrases(&sink, part))
            return;
}

/* --- One intent */

static const struct wf_choice_row does_words[] = {
    { "answer", 0 },  { "act", 1 }, { "refuse", 2 },
    { "nothing", 3 }, { NULL, 0 },
};
static const struct wf_choice_row slot_types[] = {
    { "person", 0 },   { "unit", 1 },   { "form", 2 },    { "document", 3 },
    { "period", 4 },   { "number", 5 }, { "percent", 6 }, { "text", 7 },
    { "choice", 8 },   { "tags", 9 },   { "flag", 10 },   { "rest", 11 },
    { "choices", 12 }, { NULL, 0 },
};

struct slot {
    const char *id, *form, *own, *after, *fallback;
    const char *const *of, *const *unless;
    unsigned type;
    bool required, ahead;
};

#define AT(member) offsetof(struct slot, member)
/* clang-format off */
static const struct wf_attr_row slot_attrs[] = {
    { "id",       wf_read_id,     AT(id),       true,  NULL },
    { "type",     wf_read_choice, AT(type),     true,  slot_types },
    { "of",       wf_read_words,  AT(of),       false, NULL },
    { "form",     wf_read_id,     AT(form),     false, NULL },
    { "own",      wf_read_name,   AT(own),      false, NULL },
    { "after",    wf_read_id,     AT(after),    false, NULL },
    { "unless",   wf_read_words,    AT(unless),   false, NULL },
    { "default",  wf_read_text,   AT(fallback), false, NULL },
    { "required", wf_read_bool,   AT(required), false, NULL },
    { "ahead",    wf_read_bool,   AT(ahead),    false, NULL },
};
/* clang-format on */
static const struct wf_shape slot_shape = { slot_attrs, WF_COUNT(slot_attrs),
                                            NULL, 0, WF_NO_WORDS };
#undef AT

struct intent {
    const char *id;
    struct wf_words *words;
    unsigned does;
    const char *const *also, *const *needs;
    struct wf_json *json;
};

static void parse_slot(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    struct intent *intent = parent;
    struct wf_json *slots = wf_json_get(intent->json, "slots");
    struct wf_json *json = wf_json_object(load->arena);
    struct slot slot = { .type = 0 };

    wf_load_read(load, elem, &slot_shape, &slot);
    if (!slot.id || !wf_load_room(load, elem, wf_json_len(slots), MAX_SLOTS))
        return;
    for (size_t i = 0; i < wf_json_len(slots); i++)
        if (wf_streq(wf_json_str(wf_json_get(slots->u.array.at[i], "id")),
                     slot.id))
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "there is a <slot> \"%s\" already", slot.id);
    set_text(load, json, "id", slot.id);
    set_text(load, json, "type", slot_types[slot.type].word);
    set_text(load, json, "form", slot.form);
    set_text(load, json, "own", slot.own);
    set_text(load, json, "after", slot.after);
    set_text(load, json, "default", slot.fallback);
    set_flag(load, json, "required", slot.required);
    set_flag(load, json, "ahead", slot.ahead);
    add_texts(load, json, "unless", slot.unless);
    add_texts(load, json, "of", slot.of);
    wf_json_push(load->arena, slots, json);
}

static void parse_say(struct wf_load *load, const struct wf_elem *elem,
                      void *parent)
{
    static const struct wf_shape none = { NULL, 0, NULL, 0, WF_TEXT_ALONE };
    struct intent *intent = parent;
    struct wf_json *says = wf_json_get(intent->json, "says");
    struct wf_json *items = wf_json_array(load->arena);
    struct wf_str rest = wf_str_of(elem->text), word;

    wf_load_read(load, elem, &none, intent);
    if (!wf_load_room(load, elem, wf_json_len(says), MAX_SAYS))
        return;
    while (next_word(&rest, &word)
           && wf_load_room(load, elem, items->u.array.n, MAX_ITEMS))
        wf_json_push(load->arena, items,
                     wf_json_text_n(load->arena, word.at, word.len));
    if (items->u.array.n == 0)
        wf_diag_at(load->diags, elem->place, "required",
                   "an empty <say> would be said by everybody");
    else
        wf_json_push(load->arena, says, items);
}

static const struct wf_attr_row example_attrs[] = {
    { "lang", wf_read_text, 0, false, NULL },
};
static const struct wf_shape example_shape = { example_attrs,
                                               WF_COUNT(example_attrs), NULL, 0,
                                               WF_TEXT_ALONE };

static void parse_example(struct wf_load *load, const struct wf_elem *elem,
                          void *parent)
{
    struct intent *intent = parent;
    struct wf_json *examples = wf_json_get(intent->json, "examples");
    struct wf_json *json = wf_json_object(load->arena);
    const char *lang = NULL;

    wf_load_read(load, elem, &example_shape, &lang);
    if (!wf_load_room(load, elem, wf_json_len(examples), MAX_SAYS))
        return;
    set_text(load, json, "lang", lang ? lang : load->lang);
    set_text(load, json, "text", elem->text);
    wf_json_push(load->arena, examples, json);
}

#define AT(member) offsetof(struct intent, member)
/* clang-format off */
static const struct wf_attr_row intent_attrs[] = {
    { "id",    wf_read_id,     AT(id),    true,  NULL },
    { "label", wf_read_word,   AT(words), false, &wf_word_label },
    { "does",  wf_read_choice, AT(does),  false, does_words },
    { "also",  wf_read_words,  AT(also),  false, NULL },
    { "needs", wf_read_words,  AT(needs), false, NULL },
};
static const struct wf_kid_row intent_kids[] = {
    { "slot",    parse_slot },
    { "say",     parse_say },
    { "example", parse_example },
};
/* clang-format on */
static const struct wf_shape intent_shape = {
    intent_attrs, WF_COUNT(intent_attrs), intent_kids, WF_COUNT(intent_kids),
    AT(words)
};
#undef AT

static void add_labels(struct wf_load *load, const struct intent *intent)
{
    struct wf_json *labels = wf_json_object(load->arena);

    wf_json_set(load->arena, intent->json, "labels", labels);
    for (const struct wf_words *at = intent->words; at; at = at->next)
        set_text(load, labels, at->lang ? at->lang : load->lang,
                 at->at[WF_WORD_LABEL]);
}

static void parse_intent(struct wf_load *load, const struct wf_elem *elem,
                         void *parent)
{
    struct wf_intents *intents = parent;
    struct wf_json *all = wf_json_get(intents->model, "intents");
    struct intent intent = { .json = wf_json_object(load->arena) };

    if (!wf_load_room(load, elem, wf_json_len(all), MAX_INTENTS))
        return;
    add_array(load, intent.json, "slots");
    add_array(load, intent.json, "says");
    add_array(load, intent.json, "examples");
    wf_load_read(load, elem, &intent_shape, &intent);
    if (!intent.id)
        return;
    for (size_t i = 0; i < wf_json_len(all); i++)
        if (wf_streq(wf_json_str(wf_json_get(all->u.array.at[i], "id")),
                     intent.id))
            wf_diag_at(load->diags, wf_place_of(elem, "id"), "duplicate",
                       "there is an intent \"%s\" already in this file",
                       intent.id);
    if (wf_json_len(wf_json_get(intent.json, "says")) == 0
        && !wf_streq(does_words[intent.does].word, "nothing"))
        wf_diag_at(load->diags, elem->place, "required",
                   "an intent without <say> is never understood");
    set_text(load, intent.json, "id", intent.id);
    set_text(load, intent.json, "does", does_words[intent.does].word);
    add_labels(load, &intent);
    add_texts(load, intent.json, "also", intent.also);
    add_texts(load, intent.json, "needs", intent.needs);
    wf_json_push(load->arena, all, intent.json);
}

/* --- Sentences that mean it */

struct said {
    const char *const *of;
    const char *choice;
};

static const struct wf_attr_row said_attrs[] = {
    { "of", wf_read_words, offsetof(struct said, of), true, NULL },
    { "set", wf_read_text, offsetof(struct said, choice), false, NULL },
};
static const struct wf_shape said_shape = { said_attrs, WF_COUNT(said_attrs),
                                            NULL, 0, WF_TEXT_ALONE };

/* What likeness.h calls a kind: "weekly-report|my-work only=hand-in". */
static const char *kind_of(struct wf_arena *arena, const struct said *said)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    for (const char *const *id = said->of; id && *id; id++)
        wf_buf_printf(&out, "%s%s%s%s", id > said->of ? "|" : "", *id,
                      said->choice ? " " : "",
                      said->choice ? said->choice : "");
    return wf_buf_text(&out);
}

/* One on each line. */
static void parse_said(struct wf_load *load, const struct wf_elem *elem,
                       void *parent)
{
    struct wf_intents *intents = parent;
    struct said said = { NULL, NULL };
    struct wf_str rest = wf_str_of(elem->text), line;
    const char *kind;

    wf_load_read(load, elem, &said_shape, &said);
    kind = kind_of(load->arena, &said);
    while (wf_str_split(&rest, '\n', &line)) {
        const char *text = wf_arena_slice(load->arena, wf_str_trim(line));

        if (!*text)
            continue;
        if (!wf_load_room(load, elem, intents->said.n, MAX_SAID))
            return;
        *WF_PUSH(load->arena, &intents->said) =
            (struct wf_said){ wf_letters_of(load->arena, text).folded, kind };
    }
}

/* --- The file */

#define AT(member) offsetof(struct wf_intents, member)
/* clang-format off */
static const struct wf_attr_row intents_attrs[] = {
    { "id",    wf_read_id,   AT(head.id),    true,  NULL },
    { "label", wf_read_word, AT(head.words), false, &wf_word_label },
};
static const struct wf_kid_row intents_kids[] = {
    { "words",  parse_words },
    { "intent", parse_intent },
    { "said",   parse_said },
    { "hooks",  wf_parse_hooks },
};
/* clang-format on */
static const struct wf_shape intents_shape = {
    intents_attrs, WF_COUNT(intents_attrs), intents_kids,
    WF_COUNT(intents_kids), AT(head.words)
};
#undef AT

static void parse(struct wf_load *load, const struct wf_elem *root,
                  struct wf_head *head)
{
    struct wf_intents *intents = (struct wf_intents *)(void *)head;

    intents->model = wf_json_object(load->arena);
    intents->phrases = wf_phrases_new(load->arena);
    add_array(load, intents->model, "intents");
    wf_load_read(load, root, &intents_shape, intents);
    wf_phrases_seal(intents->phrases);
    set_text(load, intents->model, "id", head->id);
}

/* Whether somebody is to be answered who means this. */
static bool is_answered(const struct wf_elem *elem)
{
    const char *does = wf_elem_get(elem, "does");

    return wf_elem_is(elem, "intent") && !wf_streq(does, "refuse")
           && !wf_streq(does, "nothing");
}

/* Who says nothing back would have been understood for nothing. */
static void link(struct wf_load *load, const struct wf_elem *root,
                 struct wf_head *head)
{
    const struct wf_elem *at = root ? root->first : NULL;

    while (at && !is_answered(at))
        at = at->next;
    if (at && !wf_map_find(&head->hook_functions, "answer"))
        wf_diag_at(load->diags, at->place, "required",
                   "nothing answers this: name a file by "
                   "<hooks src=\"FILE.lua\"/> that has "
                   "function answer(context)");
    wf_link_sentences(load, root);
}

static const char *const hooks[] = { "answer", NULL };

const struct wf_kind wf_kind_intents = { "intents", sizeof(struct wf_intents),
                                         parse,     link,
                                         hooks,     NULL };

/* --- The engine's own */

struct wf_general {
    pthread_mutex_t lock;
    struct wf_arena *arena;
    struct wf_general_intents intents; /* under `lock` until they are there */
};

struct wf_general *wf_general_new(void)
{
    struct wf_arena *arena = wf_arena_new();
    struct wf_general *general = WF_NEW(arena, struct wf_general);

    general->arena = arena;
    pthread_mutex_init(&general->lock, NULL);
    return general;
}

void wf_general_free(struct wf_general *general)
{
    if (!general)
        return;
    pthread_mutex_destroy(&general->lock);
    wf_arena_free(general->arena);
}

static void read_all(struct wf_general *general)
{
    struct wf_arena *arena = general->arena;
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_load load = { .arena = arena, .scratch = arena, .diags = &diags };
    struct wf_package *package = wf_package_new(arena, "weft");
    const struct wf_embedded *file = NULL;

    while ((file = wf_embedded_next("scripts/intents/", file))) {
        struct wf_kind_source source = { .file = file->name,
                                         .package = package };
        const struct wf_elem *root;

        if (!wf_str_ends(file->name, ".xml"))
            continue;
        root = wf_xml_parse(arena, file->name, (const char *)file->data,
                            file->len, &diags);
        assert(root);
        *WF_PUSH(arena, &general->intents) =
            (const struct wf_intents *)(const void *)wf_kind_read(
                &load, &wf_kind_intents, &source, root);
    }
    assert(diags.n_errors == 0); /* ours: the suite would not pass */
}

const struct wf_general_intents *wf_general_read(struct wf_general *general)
{
    pthread_mutex_lock(&general->lock);
    if (general->intents.n == 0)
        read_all(general);
    pthread_mutex_unlock(&general->lock);
    return &general->intents;
}
