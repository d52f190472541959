/* base/likeness.c - texts as the letters, words and pairs in them, and how much
 * each of these speaks for each kind.
 *
 * Source: multinomial logistic regression by stochastic gradient descent over
 * tf-idf, as in any textbook (Jurafsky and Martin, Speech and Language
 * Processing, 3rd edition, chapter 5); the rate falls as 1/(1 + t/5).
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/likeness.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/list.h"
#include "base/str.h"
#include "base/text.h"

enum {
    ROUNDS = 20,
    FEATURES_MAX = 512, /* of one text: what is longer is looked at so far */
    KINDS_OF_ONE = 8,
    LANE = 8,   /* weights are kept in rows of so many at once */
    STEM = 5,   /* letters of a word that may have an ending */
    PREFIX = 4, /* of it that stand for its family: approve, approval */
};

static const float RATE = 6.0F;

/* What a text has: places in `features`, none twice. */
struct having {
    uint32_t *at;
    size_t n;
};

struct example {
    const char *text;
    struct having has;
    uint32_t kinds[KINDS_OF_ONE];
    size_t n_kinds;
};

struct feature {
    uint64_t hash;
    uint32_t n;   /* examples that have it */
    float rarity; /* log of one in how many */
};

struct wf_likeness {
    struct wf_arena *arena;
    WF_LIST(struct example) examples;
    WF_LIST(struct feature) features;
    WF_LIST(const char *) kinds;
    uint32_t *slots; /* 1 + a place in features; 0 is free */
    size_t n_slots;
    float *weights; /* a row of `stride` for each feature */
    size_t stride;
};

struct wf_likeness *wf_likeness_new(struct wf_arena *arena)
{
    struct wf_likeness *likeness = WF_NEW(arena, struct wf_likeness);

    likeness->arena = arena;
    return likeness;
}

/* --- Texts */

static const uint64_t EDGE = UINT64_C(0x9e3779b97f4a7c15); /* of a text */
static const uint64_t SIGN = UINT64_C(0x2c1b3c6d);         /* any but a '?' */
static const uint64_t FAMILY = UINT64_C(0x297a2d39);

/* FNV-1a. */
static uint64_t hash_of(const char *at, size_t len)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static uint64_t pair_of(uint64_t first, uint64_t second)
{
    uint64_t hash = first * UINT64_C(0xff51afd7ed558ccd) + second;

    return (hash ^ hash >> 31) * UINT64_C(0xc4ceb9fe1a85ec53);
}

static bool is_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'';
}

/* One by itself: Chinese, or of another script; and whether it is asked. */
static bool is_letter(uint32_t code)
{
    return code == '?' || (code >= 0xc0 && code < 0x2000)
           || (code >= 0x3400 && code <= 0x9fff)
           || (code >= 0x20000 && code <= 0x3ffff);
}

static bool has_ending(const char *at, size_t len, const char *ending)
{
    size_t n = strlen(ending);

    return len >= STEM && len > n && memcmp(at + len - n, ending, n) == 0;
}

/* The letters of a Latin word without its ending: praise, praises, praised. */
static size_t stem_of(const char *at, size_t len)
{
    static const char *const endings[] = { "'s", "ing", "ed", "es", "s", "e" };

    for (size_t i = 0; i < WF_COUNT(endings); i++)
        if (has_ending(at, len, endings[i]))
            return len - strlen(endings[i]);
    return len;
}

struct token {
    uint64_t hash;   /* 0: the end */
    uint64_t family; /* of a longer Latin word; 0: none */
};

static struct token word_of(const char *at, size_t len)
{
    struct token token = { hash_of(at, stem_of(at, len)), 0 };

    if (len >= STEM)
        token.family = pair_of(hash_of(at, PREFIX), FAMILY);
    return token;
}

static struct token sign_of(const char *from, const char **end)
{
    bool counts = is_letter(wf_utf8_next(end));

    return (struct token){ counts ? hash_of(from, (size_t)(*end - from)) : SIGN,
                           0 };
}

/* The next letter, word or sign at `*at`, which is moved behind it. */
static struct token next_token(const char **at)
{
    const char *from, *close;

    while (**at == ' ' || **at == '\n' || **at == '\t')
        (*at)++;
    from = *at;
    close = *from == '{' ? strchr(from, '}') : NULL;
    if (close) {
        *at = close + 1;
        return (struct token){ hash_of(from, (size_t)(close - from)), 0 };
    }
    while (is_word((unsigned char)**at))
        (*at)++;
    if (*at > from)
        return word_of(from, (size_t)(*at - from));
    return *from ? sign_of(from, at) : (struct token){ 0, 0 };
}

/* Calls add(self, hash) for each letter, word and pair. */
static void each_feature(const char *text, void (*add)(void *, uint64_t),
                         void *self)
{
    struct token token;
    uint64_t before = EDGE;

    while ((token = next_token(&text)).hash) {
        if (token.hash == SIGN && before == SIGN)
            continue;
        add(self, token.hash);
        add(self, pair_of(before, token.hash));
        if (token.family)
            add(self, token.family);
        before = token.hash;
    }
    add(self, pair_of(before, EDGE));
}

/* --- Features */

static uint32_t *slot_of(const struct wf_likeness *likeness, uint64_t hash)
{
    size_t mask = likeness->n_slots - 1, i = hash & mask;

    while (likeness->slots[i]
           && likeness->features.at[likeness->slots[i] - 1].hash != hash)
        i = (i + 1) & mask;
    return &likeness->slots[i];
}

static void make_room(struct wf_likeness *likeness)
{
    if (2 * (likeness->features.n + 1) <= likeness->n_slots)
        return;
    likeness->n_slots = likeness->n_slots ? 2 * likeness->n_slots : 1024;
    likeness->slots = WF_NEW_N(likeness->arena, uint32_t, likeness->n_slots);
    for (size_t i = 0; i < likeness->features.n; i++)
        *slot_of(likeness, likeness->features.at[i].hash) = (uint32_t)i + 1;
}

struct gathering {
    const struct wf_likeness *likeness;
    struct wf_likeness *into; /* NULL: what is not known is only counted */
    uint32_t at[FEATURES_MAX];
    size_t n, strange;
};

static void gather(void *self, uint64_t hash)
{
    struct gathering *g = self;
    uint32_t *slot;

    if (g->n >= FEATURES_MAX)
        return;
    if (g->into)
        make_room(g->into);
    slot = g->likeness->n_slots ? slot_of(g->likeness, hash) : NULL;
    if (g->into && !*slot) {
        WF_PUSH(g->into->arena, &g->into->features)->hash = hash;
        *slot = (uint32_t)g->into->features.n;
    }
    if (!slot || !*slot) {
        g->strange++;
        return;
    }
    for (size_t i = 0; i < g->n; i++)
        if (g->at[i] == *slot - 1)
            return;
    g->at[g->n++] = *slot - 1;
}

/* --- Filled */

static uint32_t kind_of(struct wf_likeness *likeness, struct wf_str name)
{
    for (size_t i = 0; i < likeness->kinds.n; i++)
        if (wf_str_is(name, likeness->kinds.at[i]))
            return (uint32_t)i;
    *WF_PUSH(likeness->arena, &likeness->kinds) =
        wf_arena_slice(likeness->arena, name);
    return (uint32_t)likeness->kinds.n - 1;
}

void wf_likeness_add(struct wf_likeness *likeness, const char *text,
                     const char *kind)
{
    struct gathering g = { .likeness = likeness, .into = likeness };
    struct example *example;
    struct wf_str rest = wf_str_of(kind), name;

    each_feature(text, gather, &g);
    example = WF_PUSH(likeness->arena, &likeness->examples);
    example->text = text;
    example->has.n = g.n;
    example->has.at = WF_NEW_N(likeness->arena, uint32_t, g.n);
    memcpy(example->has.at, g.at, g.n * sizeof g.at[0]);
    for (size_t i = 0; i < g.n; i++)
        likeness->features.at[g.at[i]].n++;
    while (example->n_kinds < KINDS_OF_ONE && wf_str_split(&rest, '|', &name))
        example->kinds[example->n_kinds++] = kind_of(likeness, name);
}

/* --- Learnt */

/* One over the length of what a text has, as a vector. */
static float scale_of(const struct wf_likeness *likeness,
                      const struct having *has, double strange)
{
    double sum = strange;

    for (size_t i = 0; i < has->n; i++) {
        double rarity = likeness->features.at[has->at[i]].rarity;

        sum += rarity * rarity;
    }
    return sum > 0 ? (float)(1 / sqrt(sum)) : 0.0F;
}

/* The shares of all kinds in `shares`, which add up to 1. */
static void weigh(const struct wf_likeness *likeness, const struct having *has,
                  float scale, float *shares)
{
    size_t stride = likeness->stride;
    float most = -INFINITY, sum = 0;

    memset(shares, 0, stride * sizeof *shares);
    for (size_t i = 0; i < has->n; i++) {
        const float *row = likeness->weights + has->at[i] * stride;
        float value = scale * likeness->features.at[has->at[i]].rarity;

        for (size_t k = 0; k < stride; k++)
            shares[k] += value * row[k];
    }
    for (size_t k = 0; k < likeness->kinds.n; k++)
        most = shares[k] > most ? shares[k] : most;
    for (size_t k = 0; k < likeness->kinds.n; k++) {
        shares[k] = expf(shares[k] - most);
        sum += shares[k];
    }
    for (size_t k = 0; k < likeness->kinds.n; k++)
        shares[k] /= sum;
}

static void learn(struct wf_likeness *likeness, const struct example *example,
                  float rate, float *shares)
{
    size_t stride = likeness->stride;
    float scale = scale_of(likeness, &example->has, 0);

    weigh(likeness, &example->has, scale, shares);
    for (size_t i = 0; i < example->n_kinds; i++)
        shares[example->kinds[i]] -= 1.0F / (float)example->n_kinds;
    for (size_t i = 0; i < example->has.n; i++) {
        float *row = likeness->weights + example->has.at[i] * stride;
        float step =
            rate * scale * likeness->features.at[example->has.at[i]].rarity;

        for (size_t k = 0; k < stride; k++)
            row[k] -= step * shares[k];
    }
}

/* Another order for each round, always the same ones. */
static void shuffle(uint32_t *order, size_t n, uint32_t *seed)
{
    for (size_t i = n; i > 1; i--) {
        uint32_t there, kept = order[i - 1];

        *seed = *seed * 1664525U + 1013904223U;
        there = (uint32_t)((uint64_t)*seed * i >> 32);
        order[i - 1] = order[there];
        order[there] = kept;
    }
}

void wf_likeness_seal(struct wf_likeness *likeness)
{
    struct wf_arena *scratch WF_CLEANUP(wf_arena_end) = wf_arena_new();
    size_t n = likeness->examples.n;
    uint32_t *order = WF_NEW_N(scratch, uint32_t, n), seed = 1;
    float *shares;

    for (size_t i = 0; i < likeness->features.n; i++) {
        struct feature *feature = &likeness->features.at[i];

        feature->rarity = (float)log((double)(n + 1) / feature->n);
    }
    likeness->stride = (likeness->kinds.n + LANE - 1) / LANE * LANE;
    likeness->weights = WF_NEW_N(likeness->arena, float,
                                 likeness->features.n * likeness->stride);
    shares = WF_NEW_N(scratch, float, likeness->stride);
    for (size_t i = 0; i < n; i++)
        order[i] = (uint32_t)i;
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(order, n, &seed);
        for (size_t i = 0; i < n; i++)
            learn(likeness, &likeness->examples.at[order[i]],
                  RATE / (1 + 0.2F * (float)round), shares);
    }
}

/* --- Asked */

/* The nearest example of each kind that is in `out`. */
static void find_nearest(const struct wf_likeness *likeness,
                         const struct gathering *g, double scale,
                         struct wf_likeness_row *out, const uint32_t *kinds,
                         size_t n)
{
    struct wf_arena *scratch WF_CLEANUP(wf_arena_end) = wf_arena_new();
    float *squares = WF_NEW_N(scratch, float, likeness->features.n);

    for (size_t i = 0; i < g->n; i++) {
        float rarity = likeness->features.at[g->at[i]].rarity;

        squares[g->at[i]] = rarity * rarity;
    }
    for (size_t e = 0; e < likeness->examples.n; e++) {
        const struct example *example = &likeness->examples.at[e];
        double common = 0;

        for (size_t i = 0; i < example->has.n; i++)
            common += squares[example->has.at[i]];
        common *= scale * scale_of(likeness, &example->has, 0);
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; k < example->n_kinds; k++)
                if (kinds[i] == example->kinds[k]
                    && (!out[i].example || common > out[i].near)) {
                    out[i].example = example->text;
                    out[i].near = common;
                }
    }
}

size_t wf_likeness_of(const struct wf_likeness *likeness, const char *text,
                      struct wf_likeness_row *out, size_t cap)
{
    struct wf_arena *scratch WF_CLEANUP(wf_arena_end) = wf_arena_new();
    struct gathering g = { .likeness = likeness };
    struct having has = { g.at, 0 };
    float *shares = WF_NEW_N(scratch, float, likeness->stride);
    uint32_t *kinds = WF_NEW_N(scratch, uint32_t, likeness->kinds.n);
    size_t n = 0;
    double rarest = log((double)likeness->examples.n + 1);

    each_feature(text, gather, &g);
    has.n = g.n;
    if (has.n == 0)
        return 0;
    weigh(likeness, &has, scale_of(likeness, &has, 0), shares);
    for (; n < cap && n < likeness->kinds.n; n++) {
        uint32_t best = 0;

        for (uint32_t k = 1; k < likeness->kinds.n; k++)
            best = shares[k] > shares[best] ? k : best;
        out[n] = (struct wf_likeness_row){ likeness->kinds.at[best],
                                           shares[best], NULL, 0 };
        kinds[n] = best;
        shares[best] = -1;
    }
    find_nearest(likeness, &g,
                 scale_of(likeness, &has, (double)g.strange * rarest * rarest),
                 out, kinds, n);
    return n;
}
