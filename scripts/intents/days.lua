-- intents/days - days and spans of days in people's words: 上周, "last Friday",
-- 本季度, "since September", 10 月 1 日到 15 日.
--
--     local behind, span = days.find(chars, i, today)
--
-- A span (calendar.lua) is read at a letter of the utterance; `chars` are its
-- letters, folded.
--
-- SPDX-License-Identifier: Apache-2.0
local calendar = require "intents-calendar"
local spelled = require "intents-spelled"

local of, civil, day, week = calendar.of, calendar.civil, calendar.day, calendar.week
local month, month_of, month_named = calendar.month, calendar.month_of, calendar.month_named
local quarter, year, units = calendar.quarter, calendar.year, calendar.units
local months_from, day_of, weekday = calendar.months_from, calendar.day_of, calendar.weekday

local number, skip, at, any = spelled.number, spelled.skip, spelled.at, spelled.any
local is_word, digits, tens = spelled.is_word, spelled.digits, spelled.tens
local by_first, indexed = spelled.by_first, spelled.indexed

local days = { parse = calendar.parse, write = calendar.write }

-- --- The words

local phrases = {}

local function say(list, make)
    for word in list:gmatch "[^,]+" do
        phrases[#phrases + 1] = { (word:gsub("^%s+", ""):gsub("%s+$", "")), make }
    end
end

local function by(unit, n)
    return function(today) return units[unit](today, n) end
end

local function shifted(n)
    return function(today) return day(today + n) end
end

say("今天,今日,今儿,今早,今晚,今天上午,今天下午,today,tonight,this morning,this afternoon", shifted(0))
say("昨天,昨日,昨晚,昨儿,yesterday,last night", shifted(-1))
say("大前天,three days ago", shifted(-3))
say("大后天", shifted(3))
say("前天,前日,the day before yesterday", shifted(-2))
say("明天,明日,明儿,明早,tomorrow", shifted(1))
say("后天,the day after tomorrow", shifted(2))
say("这周,本周,这个星期,这星期,本星期,这一周,这个礼拜,这礼拜,this week,the week,current week", by("week", 0))
say("上周,上星期,上个星期,上一周,上个礼拜,上礼拜,前一周,前一个星期,last week,previous week,past week,the previous week,the week before", by("week", -1))
say("上上周,上上个星期,the week before last", by("week", -2))
say("下周,下星期,下个星期,下一周,下个礼拜,下礼拜,next week", by("week", 1))
say("这个月,这月,本月,当月,this month,current month", by("month", 0))
say("上个月,上月,上一个月,last month,previous month", by("month", -1))
say("上上个月,上上月,the month before last", by("month", -2))
say("下个月,下月,next month", by("month", 1))
say("这个季度,这季度,本季度,本季,当季,这一季度,this quarter,current quarter,the quarter", by("quarter", 0))
say("上个季度,上季度,上一季度,上季,last quarter,previous quarter", by("quarter", -1))
say("下个季度,下季度,下一季度,next quarter", by("quarter", 1))
say("今年,本年,本年度,this year,current year", by("year", 0))
say("去年,上一年,上年度,last year,previous year", by("year", -1))
say("明年,next year", by("year", 1))
say("上半年,first half of the year,first half", function(today)
    return months_from(civil(today), 1, 6)
end)
say("下半年,second half of the year,second half", function(today)
    return months_from(civil(today), 7, 6)
end)
say("月底,月末,本月底,这个月底,the end of the month,end of the month,the end of this month,end of this month,end of month,month end,month's end",
    function(today) return day(month(today, 0)[2]) end)
say("月初,本月初,the beginning of the month,beginning of the month,the start of the month,start of the month",
    function(today) return day(month(today, 0)[1]) end)
say("年底,年末,今年底,今年年底,the end of the year,end of the year,the end of this year,end of this year,end of year,year end",
    function(today) return day(year(today, 0)[2]) end)
say("年初,今年年初,the beginning of the year,beginning of the year,the start of the year,start of the year",
    function(today) return day(year(today, 0)[1]) end)
say("上周末,上个周末,last weekend", function(today)
    local last = week(today, -1)
    return { last[2] - 1, last[2] }
end)
say("下周末,下个周末,next weekend", function(today)
    local next_one = week(today, 1)
    return { next_one[2] - 1, next_one[2] }
end)
say("下月底,下个月底,下月末,the end of next month,end of next month",
    function(today) return day(month(today, 1)[2]) end)
say("上月底,上个月底,the end of last month,end of last month",
    function(today) return day(month(today, -1)[2]) end)
say("季末,季度末,季度底,本季度末,the end of the quarter,end of the quarter,end of this quarter,end of quarter",
    function(today) return day(quarter(today, 0)[2]) end)
say("季初,季度初,the beginning of the quarter,the start of the quarter,beginning of the quarter,start of the quarter",
    function(today) return day(quarter(today, 0)[1]) end)
say("周末,这周末,本周末,the end of the week,end of the week,end of this week,the weekend,this weekend",
    function(today) return day(week(today, 0)[2]) end)

local months = {
    { "january", 1 }, { "february", 2 }, { "march", 3 }, { "april", 4 }, { "may", 5 },
    { "june", 6 }, { "july", 7 }, { "august", 8 }, { "september", 9 },
    { "october", 10 }, { "november", 11 }, { "december", 12 }, { "jan", 1 },
    { "feb", 2 }, { "mar", 3 }, { "apr", 4 }, { "jun", 6 }, { "jul", 7 },
    { "aug", 8 }, { "sep", 9 }, { "sept", 9 }, { "oct", 10 }, { "nov", 11 },
    { "dec", 12 },
}
local weekdays = {
    { "monday", 1 }, { "tuesday", 2 }, { "wednesday", 3 }, { "thursday", 4 },
    { "friday", 5 }, { "saturday", 6 }, { "sunday", 7 }, { "mon", 1 },
    { "tue", 2 }, { "wed", 3 }, { "thu", 4 }, { "fri", 5 }, { "tues", 2 },
    { "thur", 4 }, { "thurs", 4 },
}
local zh_days = { ["一"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4, ["五"] = 5,
                  ["六"] = 6, ["日"] = 7, ["天"] = 7, ["1"] = 1, ["2"] = 2,
                  ["3"] = 3, ["4"] = 4, ["5"] = 5 }
local shifts = { { "last", -1 }, { "next", 1 }, { "this", 0 }, { "this past", 0 } }
local zh_ends = { { "底", 0 }, { "末", 0 } }
local zh_thirds = { { "上旬", { 1, 10 } }, { "中旬", { 11, 20 } }, { "下旬", { 21, 31 } },
                    { "上半月", { 1, 15 } }, { "下半月", { 16, 31 } } }
local nth = { { "st" }, { "nd" }, { "rd" }, { "th" } }
local zh_weeks = { { "上上周", -2 }, { "上周", -1 }, { "上星期", -1 },
                   { "上个星期", -1 }, { "上礼拜", -1 }, { "上个礼拜", -1 }, { "上上个星期", -2 },
                   { "上上礼拜", -2 }, { "下个礼拜", 1 }, { "这个礼拜", 0 },
                   { "这礼拜", 0 }, { "下周", 1 },
                   { "下星期", 1 }, { "下个星期", 1 }, { "下礼拜", 1 },
                   { "这周", 0 }, { "本周", 0 }, { "这个星期", 0 },
                   { "这星期", 0 }, { "周", 0 }, { "星期", 0 }, { "礼拜", 0 } }
local ordinals = { { "first", 1 }, { "second", 2 }, { "third", 3 }, { "fourth", 4 } }

-- 上周五, 周一, "last Friday", "Monday"
local function read_weekday(c, i, today)
    local j, by_week = any(c, i, zh_weeks)
    if j and zh_days[c[j]] and not (c[j + 1] == "天" and c[j] ~= "天") then
        local n = zh_days[c[j]]
        local is_other = c[j] == "日" and c[j + 1] == "报" -- 周 | 日报
                         or c[j + 1] == "车" and c[j + 2] == "间" -- 上周 | 一车间
        if not is_other then
            return j + 1, weekday(today, by_week, n)
        end
    end
    local k, shift = any(c, i, shifts)
    local j2, n = any(c, skip(c, k or i), weekdays)
    if j2 then
        local found = weekday(today, shift or 0, n)
        found.ahead = not shift and found[1] < today and day(found[1] + 7) or nil
        return j2, found
    end
end

-- 9 月, 9 月份, 10 月 1 日, 2026 年 9 月; 1 号 of the present month
local function read_zh_date(c, i, today)
    local n, j = number(c, i)
    if not n then
        return
    end
    local y = civil(today)
    j = skip(c, j)
    if c[j] == "年" and n > 1900 and n < 2200 then
        local m, k = number(c, skip(c, j + 1))
        if m and c[skip(c, k)] == "月" then
            y, n, j = n, m, skip(c, k)
            local d, e = number(c, skip(c, j + 1))
            if d and (c[e] == "日" or c[e] == "号") then
                return e + 1, day(of(y, n, d))
            end
            return c[j + 1] == "份" and j + 2 or j + 1, month_of(y, n)
        end
        return j + 1, months_from(n, 1, 12)
    end
    if c[j] == "月" and n >= 1 and n <= 12 then
        j = c[j + 1] == "份" and j + 2 or j + 1
        local d, k = number(c, skip(c, j))
        if d and (c[k] == "日" or c[k] == "号") then
            return k + 1, day_of(month_named(today, n), d)
        end
        local third, days_of = any(c, j, zh_thirds)
        if third then
            local span = month_named(today, n)
            local last = math.min(days_of[2], span[2] - span[1] + 1)
            return third, { span[1] + days_of[1] - 1, span[1] + last - 1 }
        end
        local part = any(c, j, zh_ends)
        if part then
            local span = month_named(today, n)
            return part, day_of(span, span[2] - span[1] + 1)
        end
        return j, month_named(today, n)
    end
    if (c[j] == "号" or c[j] == "日") and n >= 1 and n <= 31 then
        local found = day_of(month(today, 0), n)
        found.ahead = found[1] < today and day_of(month(today, 1), n) or nil
        return j + 1, found
    end
end

local day_words = { { "first", 1 }, { "second", 2 }, { "third", 3 }, { "fifth", 5 },
                    { "tenth", 10 }, { "fifteenth", 15 }, { "twentieth", 20 } }

local day_number
function day_number(c, i)
    local n, j = number(c, i)
    if not n then
        j, n = any(c, at(c, i, "the") and skip(c, at(c, i, "the")) or i, day_words)
        if j then
            return n, j
        end
        j = at(c, i, "the")
        if j and number(c, skip(c, j)) then
            n, j = day_number(c, skip(c, j))
            return n, j
        end
        return
    end
    if not c[i]:find "%d" or n < 1 or n > 31 then
        return
    end
    return n, any(c, j, nth) or j
end

-- September, "1 October", "October 1st", "September 2025"
local function read_en_date(c, i, today)
    local d, j = day_number(c, i)
    if d then
        local k = skip(c, j)
        k = skip(c, at(c, k, "of") or k)
        local e, m = any(c, k, months)
        if e then
            return e, day_of(month_named(today, m), d)
        end
        return
    end
    local k, past = any(c, i, shifts)
    local e, m = any(c, skip(c, k or i), months)
    if not e or m == 5 and not k and not at(c, i - 3 > 0 and i - 3 or i, "in may") then
        return
    end
    local n, f = day_number(c, skip(c, e))
    if n and not (c[f] or ""):find "%d" then
        return f, day_of(month_named(today, m), n)
    end
    local y, g = number(c, skip(c, e))
    if y and y > 1900 and y < 2200 then
        return g, month_of(y, m)
    end
    return e, month_named(today, m)
end

local quarters = { { "季度" }, { "个季度" }, { "季" } }
local years = { { "去年", -1 }, { "今年", 0 }, { "last year", -1 }, { "this year", 0 },
                { "last year's", -1 } }

-- 第三季度, 三季度, Q3, "third quarter"
local function read_quarter(c, i, today)
    local y, of_year = civil(today), false
    local year_end, shift = any(c, i, years)
    local said, after = number(c, i)
    if year_end then
        y, i, of_year = y + shift, skip(c, year_end), true
    elseif said and said > 1900 and said < 2200 then
        y, i, of_year = said, skip(c, c[after] == "年" and after + 1 or after), true
        i = c[i] == "-" and i + 1 or i
    end
    local j = c[i] == "第" and i + 1 or i
    local n, k = number(c, j)
    if n and n >= 1 and n <= 4 then
        k = any(c, skip(c, k), quarters)
        if k then
            return k, months_from(y, 3 * n - 2, 3)
        end
    end
    if c[i] == "q" and (of_year or not is_word(c[i - 1])) then
        n, k = number(c, i + 1)
        if n and n >= 1 and n <= 4 and not is_word(c[k]) then
            local e, other = number(c, skip(c, k))
            if e and e > 1900 and e < 2200 then
                return other, months_from(e, 3 * n - 2, 3)
            end
            return k, months_from(y, 3 * n - 2, 3)
        end
    end
    local e, o = any(c, at(c, i, "the") and skip(c, at(c, i, "the")) or i, ordinals)
    e = e and at(c, skip(c, e), "quarter")
    if e then
        local k2 = skip(c, e)
        k2 = skip(c, at(c, k2, "of") or at(c, k2, "in") or k2)
        local other, behind = number(c, k2)
        if other and other > 1900 and other < 2200 then
            return behind, months_from(other, 3 * o - 2, 3)
        end
        return e, months_from(y, 3 * o - 2, 3)
    end
end

local lasts = { { "最近" }, { "过去" }, { "近" }, { "这" }, { "前" },
                { "the last" }, { "last" }, { "the past" }, { "past" },
                { "within the last" } }
local nexts = { { "未来" }, { "接下来" }, { "今后" }, { "the next" }, { "next" },
                { "within" }, { "in the next" } }
local counted = { { "天", 1 }, { "日", 1 }, { "周", 7 }, { "个星期", 7 },
                  { "星期", 7 }, { "个礼拜", 7 }, { "days", 1 }, { "day", 1 },
                  { "weeks", 7 }, { "week", 7 }, { "个月", "month" },
                  { "months", "month" }, { "month", "month" }, { "工作日", 1 },
                  { "个工作日", 1 }, { "年", "year" }, { "years", "year" },
                  { "year", "year" } }
local small = { { "a", 1 }, { "one", 1 }, { "two", 2 }, { "three", 3 }, { "four", 4 },
                { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "ten", 10 },
                { "fourteen", 14 }, { "thirty", 30 }, { "couple of", 2 }, { "a couple of", 2 },
                { "few", 3 }, { "a few", 3 }, { "eight", 8 }, { "twelve", 12 },
                { "几", 3 }, { "几个", 3 } }
local halves = { { "半个月", 15 }, { "半年", 182 }, { "half year", 182 }, { "half a year", 182 },
                 { "fortnight", 14 }, { "two weeks", 14 } }
local ago = { { "前" }, { "以前" }, { "之前" }, { "ago" } }

local inside = { { "内" }, { "之内" }, { "以内" }, { "里" } }

-- 三天内
local function read_inside(c, i, today)
    local n, j = number(c, i)
    local e, unit = nil, nil
    if n and n < 400 then
        e, unit = any(c, skip(c, j), counted)
    end
    local f = e and type(unit) == "number" and any(c, e, inside)
    if f then
        return f, { today, today + n * unit - 1 }
    end
end

-- 三天前, "two weeks ago": that day; of weeks and months the whole of it
local function read_ago(c, i, today)
    local n, j = number(c, i)
    if not n then
        j, n = any(c, i, small)
    end
    local e, unit = nil, nil
    if n and n < 400 then
        e, unit = any(c, skip(c, j), counted)
    end
    local f = e and any(c, skip(c, e), ago)
    if not f then
        return
    elseif unit == "month" then
        return f, month(today, -n)
    elseif unit == "year" then
        return f, year(today, -n)
    end
    return f, unit == 7 and week(today, -n) or day(today - n * unit)
end

-- "the last 30 days" are thirty with today
local function read_count(c, i, today)
    local back = any(c, i, lasts)
    local ahead = any(c, i, nexts)
    local from = back or ahead
    if not from then
        return
    end
    local whole, length = any(c, skip(c, from), halves)
    if whole then
        return whole, back and { today - length + 1, today } or { today, today + length - 1 }
    end
    local n, j = number(c, skip(c, from))
    if not n then
        j, n = any(c, skip(c, from), small)
    end
    if not n then
        return
    end
    local e, unit = any(c, skip(c, j), counted)
    if not e then
        return
    end
    if unit == "month" or unit == "year" then
        local y, m, d = civil(today)
        n = unit == "year" and 12 * n or n
        local far = month_of(y, m + (back and -n or n))
        return e, back and { math.min(far[1] + d, today), today }
                  or { today, far[1] + d - 1 }
    end
    return e, back and { today - n * unit + 1, today }
              or { today, today + n * unit - 1 }
end

local edges = { { "the end of", 2 }, { "end of", 2 }, { "late", 2 }, { "the last of", 2 },
                { "the beginning of", 1 }, { "beginning of", 1 }, { "the start of", 1 },
                { "start of", 1 } }

-- "the end of November": its last day
local function read_edge(c, i, today)
    local j, edge = any(c, i, edges)
    local e, month_n = nil, nil
    if j then
        e, month_n = any(c, skip(c, j), months)
    end
    if e and not is_word(c[e]) then
        local span = month_named(today, month_n)
        local ahead = span.ahead
        local out = day(span[edge])
        out.ahead = ahead and day(ahead[edge])
        return e, out
    end
end

local function read_iso(c, i, today)
    local text = ""
    for k = i, i + 9 do
        text = text .. (c[k] or " ")
    end
    if text:find "^%d%d%d%d%-%d%d%-%d%d$" then
        return i + 10, day(days.parse(text))
    end
    if is_word(c[i - 1]) or c[i - 1] == "." then
        return
    end
    local y, m, d = text:match "^(%d%d%d%d)[/.](%d%d?)[/.](%d%d?)"
    if y and tonumber(m) <= 12 and tonumber(m) > 0 then
        return i + #text:match "^%d+[/.]%d+[/.]%d+", day(of(tonumber(y), tonumber(m), tonumber(d)))
    end
    m, d = text:match "^(%d%d?)/(%d%d?)%f[^%d/%%]"
    m, d = tonumber(m), tonumber(d)
    if m and m >= 1 and m <= 12 and d >= 1 and d <= 31 then
        return i + #text:match "^%d+/%d+", day_of(month_named(today, m), d)
    end
end

local day_ends = { { "日" }, { "号" }, { "th" } }

-- A day of a month that was said before: 下个月十号.
local function read_day_of(c, e, span)
    local y, m, d = civil(span[1])
    local n, g = number(c, e)
    local ends = n and any(c, g, day_ends)
    if ends and d == 1 and span[2] - span[1] >= 27 and span[2] - span[1] <= 30
       and n >= 1 and n <= span[2] - span[1] + 1 then
        return ends, day(of(y, m, n))
    end
    return e, span
end

-- The longest of all that can be read at i.
local function read_base(c, i, today)
    local e, make = any(c, i, phrases)
    local span = make and make(today)
    for _, read in ipairs { read_weekday, read_zh_date, read_en_date,
                            read_quarter, read_count, read_ago, read_inside, read_iso,
                            read_edge } do
        local f, other = read(c, i, today)
        if f and (not e or f > e) then
            e, span = f, other
        end
    end
    if e then
        e, span = read_day_of(c, e, span)
    end
    return e, span
end

local since_behind = { { "以来" }, { "至今" }, { "到现在" }, { "到今天" }, { "开始" },
                       { "起" }, { "之后" }, { "以后" }, { "until now" },
                       { "till now" }, { "onwards" } }
local since_before = { { "从" }, { "自" }, { "自从" }, { "since" }, { "ever since" },
                       { "from" }, { "starting" } }
local until_behind = { { "之前" }, { "以前" }, { "前" }, { "为止" }, { "内" } }
local until_before = { { "到" }, { "截至" }, { "截止到" }, { "until" }, { "till" },
                       { "by" }, { "before" }, { "up to" }, { "through" } }
local to_words = { { "到" }, { "至" }, { "~" }, { "-" }, { "–" }, { "to" },
                   { "and" }, { "和" }, { "与" }, { "跟" }, { "及" }, { "until" }, { "till" }, { "through" } }

-- "1 and 15 October", 10 月 1 日到 15 日: a bare number takes the month of the
-- other end.
local function read_range(c, i, today)
    local n, j = day_number(c, i)
    if n then
        local k = any(c, skip(c, j), to_words)
        local e, last = nil, nil
        if k then
            e, last = read_en_date(c, skip(c, k), today)
        end
        if e and last[1] == last[2] then
            local _, _, d = civil(last[1])
            local span = { last[1] - d + n, last[2] }
            span.ahead = last.ahead and { last.ahead[2] - d + n, last.ahead[2] }
            return e, span
        end
    end
    local e, first = read_base(c, i, today)
    local k = e and any(c, skip(c, e), to_words)
    if not k then
        return
    end
    k = skip(c, k)
    local d, g = number(c, k)
    local f, last
    local ends = d and any(c, g, day_ends)
    if d and d >= 1 and d <= 31 and first[1] == first[2]
       and (ends or not read_base(c, k, today)) then
        local y, m = civil(first[1])
        f, last = ends or g, day(of(y, m, d))
    else
        f, last = read_base(c, k, today)
        last = f and last[2] < first[1] and last.ahead or last
    end
    if f and last[2] >= first[1] then
        return f, { first[1], last[2] }
    end
end

local leads = { { "between" }, { "from" }, { "从" } }
local week_before = { { "the week of" }, { "week of" }, { "the week starting" },
                      { "week starting" }, { "the week beginning" }, { "week beginning" } }
local week_behind = { { "那一周" }, { "那周" }, { "那个星期" }, { "那星期" }, { "这一周" },
                      { "所在的周" }, { "那个礼拜" } }

-- The week that a day is in: 11月9号那周, "the week of 9 November".
local function read_week_of(c, i, today)
    local before = any(c, i, week_before)
    local e, span = read_base(c, before and skip(c, before) or i, today)
    local behind = e and any(c, skip(c, e), week_behind)
    if e and (before or behind) and span[1] == span[2] then
        local monday = span[1] - ((span[1] - week(today, 0)[1]) % 7)
        return behind or e, { monday, monday + 6 }
    end
end
local small_before = { { "in" }, { "for" }, { "on" }, { "during" }, { "of" }, { "over" },
                       { "back in" }, { "within" } }

-- The letters at which anything can begin.
local begins

local function can_begin(ch)
    if not begins then
        begins = { ["第"] = true, q = true, t = true }
        for _, list in ipairs { phrases, zh_weeks, weekdays, months, lasts, nexts, small,
                                since_before, until_before, leads, week_before, small_before, shifts, edges,
                                ordinals, years, day_words } do
            for first in pairs(by_first[list] or indexed(list)) do
                begins[first] = true
            end
        end
    end
    return begins[ch] or digits[ch] or tens[ch] or ch:find "^%d$"
end

-- What can be read at letter i: its end, and the span; NIL: nothing. The words
-- before and behind that make a "since" or an "until" of it belong to it.
function days.find(c, i, today)
    if is_word(c[i]) and is_word(c[i - 1]) and not c[i]:find "%d" or not can_begin(c[i]) then
        return
    end
    local lead = any(c, i, leads)
    if lead then
        local e, span = read_range(c, skip(c, lead), today)
        if e then
            return e, span
        end
    end
    local e, span = read_week_of(c, i, today)
    if not e then
        e, span = read_range(c, i, today)
    end
    if e then
        return e, span
    end
    local since = any(c, i, since_before)
    local till = any(c, i, until_before)
    local start = skip(c, since or till or i)
    local prep = not since and not till
                 and any(c, i, small_before)
    e, span = read_base(c, prep and skip(c, prep) or start, today)
    if not e then
        return
    end
    if since and c[i] == "f" and span[1] < span[2] and span[2] < today then
        return e, span -- "the reports from last week" are that week's
    end
    local behind = any(c, skip(c, e), since_behind)
    local before = any(c, skip(c, e), until_behind)
    if (since or behind) and span[1] <= today then
        return behind or e, { span[1], today }
    end
    if till or before then
        -- What is past already comes again.
        if span[2] < today then
            local again = span[1] - week(today, 0)[1]
            span = span.ahead and span.ahead[2] >= today and span.ahead
                   or again >= 0 and again < 7 and span[1] == span[2] and day(span[1] + 7) or span
        end
        if span[2] >= today then
            return before or e, { today, span[2] }
        end
        return before or e, { span[1], span[2] }
    end
    if since then
        return e, span
    end
    return e, span
end

return days
