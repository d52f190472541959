/* base/zone.c - time zones, by ICU: see base/date.h. Never TZ and tzset(),
 * which belong to the whole process.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/date.h"

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "base/macros.h"

enum {
    ZONE_MAX = 64
};
static const int32_t MS_PER_DAY = 86400000;

/* An IANA id as ICU takes it; false for what can be none. */
static bool to_utf16(const char *zone, UChar id[ZONE_MAX])
{
    size_t len = zone ? strlen(zone) : 0;

    if (!len || len >= ZONE_MAX)
        return false;
    for (size_t i = 0; i <= len; i++) {
        if ((unsigned char)zone[i] >= 0x80)
            return false;
        id[i] = (UChar)zone[i];
    }
    return true;
}

/* ICU takes any unknown zone for GMT, and "GMT+8" for a zone of its own. */
static bool is_system_zone(const UChar *id)
{
    static const UChar unknown[] = u"Etc/Unknown";
    UErrorCode status = U_ZERO_ERROR;
    UChar canonical[ZONE_MAX];
    UBool is_system = false;

    ucal_getCanonicalTimeZoneID(id, -1, canonical, ZONE_MAX, &is_system,
                                &status);
    return U_SUCCESS(status) && is_system && u_strcmp(id, unknown);
}

bool wf_zone_known(const char *zone)
{
    UChar id[ZONE_MAX];

    return to_utf16(zone, id) && is_system_zone(id);
}

static void calendar_end(UCalendar **calendar)
{
    ucal_close(*calendar);
}

/* A calendar of `zone` that stands at `ms`; NULL for an unknown zone. */
static UCalendar *calendar_at(const char *zone, double ms)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[ZONE_MAX];
    UCalendar *calendar;

    if (!to_utf16(zone, id) || !is_system_zone(id))
        return NULL;
    calendar = ucal_open(id, -1, "en", UCAL_GREGORIAN, &status);
    ucal_setMillis(calendar, ms, &status);
    if (U_SUCCESS(status))
        return calendar;
    ucal_close(calendar);
    return NULL;
}

bool wf_zone_to_local(const char *zone, int64_t ms, int32_t *day,
                      int32_t *ms_of_day)
{
    UErrorCode status = U_ZERO_ERROR;
    UCalendar *calendar WF_CLEANUP(calendar_end) =
        calendar_at(zone, (double)ms);
    int64_t local;
    int64_t rest;

    if (!calendar)
        return false;
    local = ms + ucal_get(calendar, UCAL_ZONE_OFFSET, &status)
            + ucal_get(calendar, UCAL_DST_OFFSET, &status);
    if (U_FAILURE(status))
        return false;
    rest = local % MS_PER_DAY + (local % MS_PER_DAY < 0 ? MS_PER_DAY : 0);
    *day = (int32_t)((local - rest) / MS_PER_DAY);
    *ms_of_day = (int32_t)rest;
    return true;
}

bool wf_zone_from_local(const char *zone, int32_t day, int32_t ms_of_day,
                        int64_t *ms)
{
    UErrorCode status = U_ZERO_ERROR;
    int64_t local = (int64_t)day * MS_PER_DAY + ms_of_day;
    UCalendar *calendar WF_CLEANUP(calendar_end) =
        calendar_at(zone, (double)local);
    int32_t raw = 0;
    int32_t dst = 0;

    if (!calendar)
        return false;
    /* By the offset from before a change: it moves a time in the gap on by the
     * gap, and takes the first of two. */
    ucal_getTimeZoneOffsetFromLocal(calendar, UCAL_TZ_LOCAL_FORMER,
                                    UCAL_TZ_LOCAL_FORMER, &raw, &dst, &status);
    if (U_FAILURE(status))
        return false;
    *ms = local - raw - dst;
    return true;
}

int64_t wf_zone_next(const char *zone, int64_t ms, int32_t ms_of_day)
{
    int32_t day = 0, of_day = 0;
    int64_t at;

    if (!wf_zone_to_local(zone, ms, &day, &of_day)
        || !wf_zone_from_local(zone, day + (of_day >= ms_of_day), ms_of_day,
                               &at)
        || at <= ms)
        return ms + INT64_C(86400000);
    return at;
}
