-- intents/calendar - days as numbers since 1970-01-01, and the spans of them that
-- people speak of: { first, last }, and `ahead`, the one that is to come, of a
-- name that is read of the past ("December").
--
-- Weeks begin on Monday; the present week, month or quarter is the whole of it.
--
-- SPDX-License-Identifier: Apache-2.0
local calendar = {}

-- --- Days as numbers (since 1970-01-01)

local function of(y, m, d)
    if m <= 2 then
        y = y - 1
    end
    local era = y // 400
    local yoe = y - era * 400
    local doy = (153 * (m + (m > 2 and -3 or 9)) + 2) // 5 + d - 1
    return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468
end

local function civil(n)
    n = n + 719468
    local era = n // 146097
    local doe = n - era * 146097
    local yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
    local doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
    local mp = (5 * doy + 2) // 153
    local m = mp < 10 and mp + 3 or mp - 9
    return yoe + era * 400 + (m <= 2 and 1 or 0), m, doy - (153 * mp + 2) // 5 + 1
end

function calendar.parse(text)
    local y, m, d = text:match "^(%d%d%d%d)-(%d%d)-(%d%d)"
    return of(tonumber(y), tonumber(m), tonumber(d))
end

function calendar.write(n)
    local y, m, d = civil(n)
    return ("%04d-%02d-%02d"):format(y, m, d)
end

-- --- Spans

local function day(n) return { n, n } end

local function week(today, by)
    local monday = today - (today + 3) % 7 + 7 * by
    return { monday, monday + 6 }
end

local function month_of(y, m)
    y, m = y + (m - 1) // 12, (m - 1) % 12 + 1
    return { of(y, m, 1), of(m == 12 and y + 1 or y, m % 12 + 1, 1) - 1 }
end

local function month(today, by)
    local y, m = civil(today)
    return month_of(y, m + by)
end

local function months_from(y, m, n)
    return { month_of(y, m)[1], month_of(y, m + n - 1)[2] }
end

local function quarter(today, by)
    local y, m = civil(today)
    return months_from(y, m - (m - 1) % 3 + 3 * by, 3)
end

local function half(today, by)
    local y, m = civil(today)
    return months_from(y, m - (m - 1) % 6 + 6 * by, 6)
end

local function year(today, by)
    local y = civil(today)
    return months_from(y + by, 1, 12)
end

-- The month of that number that is not to come: 十二月 in November is last
-- year's. The one that is to come, for who asks what will be, is its `ahead`.
local function month_named(today, m)
    local y, now = civil(today)
    local span = month_of(m > now and y - 1 or y, m)
    span.ahead = month_of(m < now and y + 1 or y, m)
    return span
end

-- The n-th day of such a month.
local function day_of(span, n)
    local found = day(span[1] + n - 1)
    found.ahead = span.ahead and day(span.ahead[1] + n - 1)
    return found
end

local function weekday(today, by, n)
    return day(week(today, by)[1] + n - 1)
end

local units = { week = week, month = month, quarter = quarter, half = half,
                year = year }

calendar.of, calendar.civil, calendar.day, calendar.week = of, civil, day, week
calendar.month, calendar.month_of, calendar.month_named = month, month_of, month_named
calendar.quarter, calendar.year, calendar.units = quarter, year, units
calendar.months_from, calendar.day_of, calendar.weekday = months_from, day_of, weekday

return calendar
