/* base/phrases.c - phrases by their text, by their Latin words, and by their
 * sound.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/phrases.h"

#include <string.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/str.h"
#include "base/text.h"

enum {
    LONGEST = 12,  /* letters and words of one phrase */
    SOUND_MIN = 2, /* letters of a phrase that is known by its sound */
    SOUND_MAX = 5,
    NEAR_MIN = 4,   /* letters of a word that may be mistyped */
    NEAR_TWICE = 8, /* of one that may be so twice */
    WORD_MAX = 40,
};

struct entry {
    const char *text;
    const char **ids;
    size_t n, cap;
};

struct entries {
    struct entry **at;
    size_t n, cap;
};

struct wf_phrases {
    struct wf_arena *arena;
    struct wf_map by_text;  /* → struct entry * */
    struct wf_map by_sound; /* → struct entries * */
    struct wf_map latin;    /* words; in order, to be near to */
};

struct wf_phrases *wf_phrases_new(struct wf_arena *arena)
{
    struct wf_phrases *phrases = WF_NEW(arena, struct wf_phrases);

    phrases->arena = arena;
    return phrases;
}

/* --- Letters */

enum class {
    END,
    SPACE,
    SIGN,
    LATIN,
    HAN
};

struct letter {
    uint32_t code;
    enum class class;
    const char *at; /* its bytes, up to those of the next one */
};

static bool is_between(uint32_t code, uint32_t first, uint32_t last)
{
    return code >= first && code <= last;
}

static enum class class_of(uint32_t code) {
    if (code == ' ' || is_between(code, '\t', '\r')) return SPACE;
        if (code < 0x80) return is_between(code, 'a', 'z')
                || is_between(code, 'A', 'Z') || is_between(code, '0', '9')
            ? LATIN
            : SIGN;
        if (is_between(code, 0x3400, 0x9fff)
            || is_between(code, 0x20000, 0x3ffff)) return HAN;
        return is_between(code, 0xc0, 0x1fff) ? LATIN : SIGN;
}

/* The letters of a text; behind them one of class END. */
static const struct letter *letters_of(struct wf_arena *arena, const char *text)
{
    size_t n = wf_utf8_count(text, strlen(text));
    struct letter *letters = WF_NEW_N(arena, struct letter, n + 2);

    for (size_t i = 0; i < n; i++) {
        letters[i].at = text;
        letters[i].code = wf_utf8_next(&text);
        letters[i].class = class_of(letters[i].code);
    }
    letters[n].at = letters[n + 1].at = text;
    return letters;
}

/* --- Filled */

static void add_latin(struct wf_phrases *phrases, const char *phrase)
{
    const char *at = phrase;

    while (*at) {
        size_t len = 0;

        while (is_between((unsigned char)at[len] | 0x20u, 'a', 'z'))
            len++;
        if (len > 0)
            (void)wf_map_add(
                phrases->arena, &phrases->latin,
                wf_arena_slice(phrases->arena, (struct wf_str){ at, len }),
                phrases);
        at += len > 0 ? len : 1;
    }
}

static char *spaced(struct wf_arena *arena, const char *phrase)
{
    char *text = wf_arena_slice(arena, wf_str_of(phrase));

    for (char *at = text; *at; at++)
        if (*at == '-')
            *at = ' ';
    return text;
}

void wf_phrases_add(struct wf_phrases *phrases, const char *phrase,
                    const char *id)
{
    const char *text = spaced(phrases->arena, phrase);
    struct entry *entry = wf_map_find(&phrases->by_text, text);

    if (!entry) {
        entry = WF_NEW(phrases->arena, struct entry);
        entry->text = text;
        (void)wf_map_add(phrases->arena, &phrases->by_text, text, entry);
        if ((unsigned char)*text < 0x80)
            add_latin(phrases, text);
    }
    for (size_t i = 0; i < entry->n; i++)
        if (wf_streq(entry->ids[i], id))
            return;
    entry->ids = wf_list_grow(phrases->arena, entry->ids, entry->n, &entry->cap,
                              sizeof *entry->ids);
    entry->ids[entry->n++] = id;
}

static bool is_han(const char *text)
{
    size_t n = wf_utf8_count(text, strlen(text));

    if (n < SOUND_MIN || n > SOUND_MAX)
        return false;
    while (*text)
        if (class_of(wf_utf8_next(&text)) != HAN)
            return false;
    return true;
}

static void add_sound(struct wf_phrases *phrases, const char *sound,
                      struct entry *entry)
{
    struct entries *entries = wf_map_find(&phrases->by_sound, sound);

    if (!entries) {
        entries = WF_NEW(phrases->arena, struct entries);
        (void)wf_map_add(phrases->arena, &phrases->by_sound, sound, entries);
    }
    *WF_PUSH(phrases->arena, entries) = entry;
}

/* How each letter of `entries` sounds: letter → const char *. All at once: to
 * begin to spell is what costs. */
static struct wf_map sounds_of(struct wf_arena *arena,
                               const struct entries *entries)
{
    struct wf_map sounds = { NULL, 0, 0, NULL, 0 };
    struct wf_buf lines = WF_BUF_INIT(arena);
    struct wf_str rest, sound;

    for (size_t i = 0; i < entries->n; i++)
        for (const char *at = entries->at[i]->text, *end = at; *at; at = end) {
            struct wf_str letter;

            (void)wf_utf8_next(&end);
            letter = (struct wf_str){ at, (size_t)(end - at) };
            if (!wf_map_find_slice(&sounds, letter)) {
                const char *key = wf_arena_slice(arena, letter);

                (void)wf_map_add(arena, &sounds, key, entries->at[i]);
                wf_buf_str(&lines, key);
                wf_buf_char(&lines, '\n');
            }
        }
    rest = wf_str_of(wf_text_pinyin(arena, wf_buf_text(&lines)));
    for (size_t i = 0; i < sounds.n; i++) {
        bool any = wf_str_split(&rest, '\n', &sound);

        sounds.entries[i].value =
            any ? wf_arena_slice(arena, wf_str_trim(sound)) : "";
    }
    return sounds;
}

static const char *sound_of(struct wf_arena *arena, const struct wf_map *sounds,
                            const char *text, const char *between)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    for (const char *at = text, *end = at; *at; at = end) {
        (void)wf_utf8_next(&end);
        if (at > text)
            wf_buf_str(&out, between);
        wf_buf_str(
            &out, wf_map_find_slice(sounds,
                                    (struct wf_str){ at, (size_t)(end - at) }));
    }
    return wf_buf_text(&out);
}

void wf_phrases_seal(struct wf_phrases *phrases)
{
    struct wf_arena *scratch WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct entries heard = { NULL, 0, 0 };
    struct wf_map sounds;

    for (size_t i = 0; i < phrases->by_text.n; i++)
        if (is_han(phrases->by_text.entries[i].key))
            *WF_PUSH(scratch, &heard) = phrases->by_text.entries[i].value;
    sounds = sounds_of(scratch, &heard);
    for (size_t i = 0; i < heard.n; i++) {
        const char *text = heard.at[i]->text;

        add_sound(phrases, sound_of(phrases->arena, &sounds, text, " "),
                  heard.at[i]);
        add_sound(phrases, sound_of(phrases->arena, &sounds, text, ""),
                  heard.at[i]);
    }
}

/* --- Found in a text */

static size_t skip(const struct letter *letters, size_t i)
{
    while (letters[i].class == SPACE || letters[i].code == '-')
        i++;
    return i;
}

/* The letter behind what may stand between two words at `i`, and what phrases
 * have for it. */
static size_t gap(const struct letter *letters, size_t i, const char **as)
{
    size_t behind = skip(letters, i);
    uint32_t code = letters[i].code;

    *as = "";
    if (behind == i && letters[i + (letters[i].class != END)].class == LATIN
        && (code == '\'' || code == ':' || code == '.')) {
        *as = code == '\'' ? "'" : code == ':' ? ":" : ".";
        return i + 1;
    }
    if (behind > i && i > 0 && letters[i - 1].class == LATIN
        && letters[behind].class == LATIN)
        *as = " ";
    return behind;
}

static const struct entry *entry_of(const struct wf_phrases *phrases,
                                    struct wf_str text)
{
    const struct entry *entry = wf_map_find_slice(&phrases->by_text, text);

    if (entry || text.len <= 3 || text.at[text.len - 1] != 's')
        return entry;
    text.len--;
    return wf_map_find_slice(&phrases->by_text, text);
}

static void find_at(const struct wf_phrases *phrases, struct wf_arena *arena,
                    const struct letter *letters, size_t from,
                    struct wf_phrases_found *out)
{
    struct wf_buf text = WF_BUF_INIT(arena);
    size_t to = from;

    for (int n = 0; n < LONGEST; n++) {
        const char *between = "";
        size_t k = n == 0 ? from : gap(letters, to, &between), end = k + 1;
        const struct entry *entry;

        if (letters[k].class != HAN && letters[k].class != LATIN)
            return;
        while (letters[k].class == LATIN && letters[end].class == LATIN)
            end++;
        wf_buf_str(&text, between);
        wf_buf_add(&text, letters[k].at,
                   (size_t)(letters[end].at - letters[k].at));
        to = end;
        entry = entry_of(phrases, wf_str_of(wf_buf_text(&text)));
        if (entry)
            *WF_PUSH(arena, out) =
                (struct wf_phrase_found){ from, to, { entry->ids, entry->n } };
    }
}

void wf_phrases_find(const struct wf_phrases *phrases, struct wf_arena *arena,
                     const char *text, struct wf_phrases_found *out)
{
    const struct letter *letters = letters_of(arena, text);

    for (size_t i = 0; letters[i].class != END; i++)
        if (letters[i].class == HAN
            || (letters[i].class == LATIN
                && (i == 0 || letters[i - 1].class != LATIN)))
            find_at(phrases, arena, letters, i, out);
}

/* --- Mistyped */

bool wf_phrases_know(const struct wf_phrases *phrases, const char *word)
{
    size_t len = strlen(word);

    return wf_map_find(&phrases->latin, word)
           || (len > 1 && word[len - 1] == 's'
               && wf_map_find_slice(&phrases->latin,
                                    (struct wf_str){ word, len - 1 }));
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* The letters to change, leave out, add or swap; 3 for more than 2. */
static int distance(const char *a, size_t n, const char *b, size_t m)
{
    int rows[3][WORD_MAX + 1];
    int *before = rows[0], *above = rows[1], *row = rows[2], *spare;

    for (size_t j = 0; j <= m; j++)
        above[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int best = row[0] = (int)i;

        for (size_t j = 1; j <= m; j++) {
            row[j] = least(least(above[j], row[j - 1]) + 1,
                           above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
            best = least(best, row[j]);
        }
        if (best > 2)
            return 3;
        spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return least(above[m], 3);
}

int wf_phrases_near(const struct wf_phrases *phrases, const char *word,
                    const char **out, size_t cap, size_t *n)
{
    size_t len = strlen(word);
    int nearest = len >= NEAR_TWICE ? 2 : 1;
    bool any = false;

    *n = 0;
    if (len < NEAR_MIN || len > WORD_MAX)
        return 0;
    for (size_t i = 0; i < phrases->latin.n; i++) {
        const char *known = phrases->latin.entries[i].key;
        size_t size = strlen(known);
        int far;

        if (size < NEAR_MIN || size > WORD_MAX || *known != *word
            || size > len + 2 || len > size + 2)
            continue;
        far = distance(known, size, word, len);
        if (far > nearest)
            continue;
        if (far < nearest)
            *n = 0;
        any = true;
        nearest = far;
        if (*n < cap)
            out[(*n)++] = known;
    }
    return any ? nearest : 0;
}

/* --- Heard */

void wf_phrases_heard(const struct wf_phrases *phrases, struct wf_arena *arena,
                      const char *sound, struct wf_phrases_found *out)
{
    const struct entries *entries = wf_map_find(&phrases->by_sound, sound);

    for (size_t i = 0; entries && i < entries->n; i++)
        *WF_PUSH(arena, out) = (struct wf_phrase_found){
            0, 0, { entries->at[i]->ids, entries->at[i]->n }
        };
}
