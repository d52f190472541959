/* def/suggest.c - the word that is nearest to a misspelt one, by the number of
 * letters to change, add, leave out or swap.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "def/suggest.h"

#include <stddef.h>
#include <string.h>

enum {
    WORD_MAX = 64,
    DISTANCE_MAX = 2
};

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: rows of the matrix for i, i - 1 and i - 2. */
static int distance(const char *a, size_t n, const char *b, size_t m)
{
    int rows[3][WORD_MAX + 1];

    for (size_t j = 0; j <= m; j++)
        rows[0][j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3];

        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int change = above[j - 1] + (a[i - 1] != b[j - 1]);

            row[j] = least(least(row[j - 1], above[j]) + 1, change);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], rows[(i + 1) % 3][j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

void wf_suggest_offer(struct wf_suggest *suggest, const char *candidate)
{
    size_t n = strlen(suggest->word);
    size_t m = candidate ? strlen(candidate) : 0;
    int found;

    if (!m || n > WORD_MAX || m > WORD_MAX)
        return;
    found = distance(suggest->word, n, candidate, m);
    if (found > DISTANCE_MAX || 2 * (size_t)found >= n)
        return;
    if (!suggest->best || found < suggest->distance) {
        suggest->best = candidate;
        suggest->distance = found;
    }
}
