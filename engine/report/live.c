/* report/live.c - when a period of a report ends, the people of `tell` hear
 * that its numbers are there.
 *
 * They are told that, and where to look; not the numbers, for each of them may
 * see others.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/live.h"

#include "base/messages.h"
#include "flow/notification.h"
#include "report/report.h"
#include "report/usage.h"

/* The first moment behind the period in which `ms` lies. */
static int64_t end_of(const struct wf_report *report, int64_t ms)
{
    const char *zone = report->head.package->timezone;
    int32_t day = 0, of_day;
    int64_t end = ms;

    (void)wf_zone_to_local(zone, ms, &day, &of_day);
    (void)wf_zone_from_local(
        zone, wf_period_end(wf_period_at(report->over, day)) + 1, 0, &end);
    return end;
}

static bool set(struct wf_flow *flow, const struct wf_report *report,
                int64_t from, weft_error *err)
{
    const struct wf_timer timer = { .kind = "report",
                                    .key = report->head.id,
                                    .due = end_of(report, from) };

    return wf_timer_set(flow, &timer, err);
}

static bool begin(struct wf_flow *flow, const struct wf_head *head,
                  weft_error *err)
{
    const struct wf_report *report = (const void *)head;

    if (!wf_usage_begin(flow, err))
        return false;
    if (report->tell && report->over)
        return set(flow, report, flow->call->now, err);
    return wf_timer_cancel(flow, "report", head->id, err);
}

/* --- The end of a period */

static const char *period_before(struct wf_arena *arena,
                                 const struct wf_report *report, int64_t end)
{
    char *text = wf_arena_alloc(arena, WF_PERIOD_TEXT);
    int32_t day = 0, of_day;

    (void)wf_zone_to_local(report->head.package->timezone, end - 1, &day,
                           &of_day);
    wf_period_write(wf_period_at(report->over, day), text);
    return text;
}

/* Whoever is none of those for whom it is would not find it. */
static bool may_see(struct wf_call *call, const struct wf_report *report,
                    wf_id person, bool *out, weft_error *err)
{
    const struct wf_who_context context = { .call = call };

    *out = true;
    return !report->audience
           || wf_who_includes(&context, report->audience, person, out, err);
}

static bool tell(struct wf_call *call, const struct wf_report *report, wf_id id,
                 const char *period, weft_error *err)
{
    struct wf_told told = { .person = id, .matter = WF_MATTER_REPORT };
    const struct wf_person *person;
    const char *lang;
    bool sees;

    if (!may_see(call, report, id, &sees, err)
        || !wf_person_find(call, id, &person, err))
        return false;
    if (!sees || !person)
        return true;
    lang = wf_lang_choose(person->locale, report->head.package->lang);
    told.text = wf_arena_printf(
        call->arena, wf_message(lang, "%s: the numbers of %s are there."),
        wf_words_label(report->head.words, lang, report->head.id), period);
    return wf_notification_add(call, &told, err);
}

static bool fire(struct wf_flow *flow, const struct wf_timer *timer,
                 weft_error *err)
{
    struct wf_call *call = flow->call;
    const struct wf_who_context context = { .call = call };
    const struct wf_report *report =
        (const void *)wf_registry_find(call->registry, "report", timer->key);
    struct wf_who_list people = { NULL, 0, 0 };
    const char *period;

    if (!report || !report->tell || !report->over)
        return true; /* it is no longer there, or tells nobody */
    if (!wf_who_people(&context, report->tell, &people, err)
        || !wf_people_load(call, people.at, people.n, err))
        return false;
    period = period_before(call->arena, report, timer->due);
    for (size_t i = 0; i < people.n; i++)
        if (!tell(call, report, people.at[i], period, err))
            return false;
    return set(flow, report, timer->due, err);
}

/* clang-format off */
const struct wf_live_kind wf_report_live[] = {
    { "report", begin },
    { NULL, NULL },
};

const struct wf_timer_kind wf_report_timers[] = {
    { "report", fire },
    { "usage", wf_usage_fire },
    { NULL, NULL },
};
/* clang-format on */
