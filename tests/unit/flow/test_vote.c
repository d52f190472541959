/* unit/flow/test_vote.c - how votes are counted.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "flow/vote.h"
#include "suite.h"

/* Seats by letter: a approved, r refused, o open, w waiting, c closed. */
static enum wf_outcome count(enum wf_agree agree, double n, const char *seats)
{
    struct wf_level level = { .agree = agree, .agree_n = n };
    struct wf_seat at[16];
    size_t len = 0;

    for (; seats[len]; len++) {
        at[len] = (struct wf_seat){ .weight = (double)len + 1 };
        at[len].state = seats[len] == 'a'   ? WF_SEAT_APPROVED
                        : seats[len] == 'r' ? WF_SEAT_REJECTED
                        : seats[len] == 'o' ? WF_SEAT_OPEN
                        : seats[len] == 'w' ? WF_SEAT_WAITING
                                            : WF_SEAT_CLOSED;
    }
    return wf_vote_count(&level, &(struct wf_seats){ at, len, len });
}

/* clang-format off */
static const struct {
    enum wf_agree agree;
    double n;
    const char *seats;
    enum wf_outcome outcome;
} cases[] = {
    { WF_AGREE_ANY, 0, "ooo", WF_UNDECIDED },
    { WF_AGREE_ANY, 0, "oao", WF_APPROVED },
    { WF_AGREE_ANY, 0, "oro", WF_REFUSED },
    { WF_AGREE_ALL, 0, "aao", WF_UNDECIDED },
    { WF_AGREE_ALL, 0, "aaa", WF_APPROVED },
    { WF_AGREE_ALL, 0, "aro", WF_REFUSED },
    { WF_AGREE_ALL, 0, "aww", WF_UNDECIDED },
    { WF_AGREE_ALL, 0, "aca", WF_APPROVED },
    { WF_AGREE_SHARE, 0.6, "aaaoo", WF_APPROVED },
    { WF_AGREE_SHARE, 0.6, "aaroo", WF_UNDECIDED },
    { WF_AGREE_SHARE, 0.6, "aarro", WF_UNDECIDED },
    { WF_AGREE_SHARE, 0.6, "arrro", WF_REFUSED },
    { WF_AGREE_SHARE, 0.1, "ro", WF_UNDECIDED },
    { WF_AGREE_SHARE, 1, "aaa", WF_APPROVED },
    { WF_AGREE_WEIGHT, 3, "aao", WF_APPROVED },   /* 1 + 2 */
    { WF_AGREE_WEIGHT, 4, "aao", WF_UNDECIDED },
    { WF_AGREE_WEIGHT, 4, "aar", WF_REFUSED },
    { WF_AGREE_WEIGHT, 99, "aaa", WF_APPROVED },  /* all there is */
    { WF_AGREE_VETO, 0, "ao", WF_UNDECIDED },
    { WF_AGREE_VETO, 0, "aao", WF_APPROVED },
    { WF_AGREE_VETO, 0, "aaro", WF_REFUSED },
};
/* clang-format on */

START_TEST(each_way_to_agree_counts_as_the_language_says)
{
    enum wf_outcome outcome =
        count(cases[_i].agree, cases[_i].n, cases[_i].seats);

    ck_assert_msg(outcome == cases[_i].outcome, "%s: %d", cases[_i].seats,
                  outcome);
}
END_TEST

TCase *vote_tests(void)
{
    TCase *tc = tcase_create("flow/vote");

    tcase_add_loop_test(tc, each_way_to_agree_counts_as_the_language_says, 0,
                        (int)(sizeof cases / sizeof cases[0]));
    return tc;
}
