-- intents/words - an utterance cut into what is known of it: words of the
-- intents, people, units, days, numbers; and the letters that nothing is known
-- of. Small slips of fingers and ears are forgiven, at a price.
--
-- A reading is { from, to, ids = {WORD = true}, person =, unit =, days =,
-- number =, percent =, tags =, quality } over the letters from, to - 1.
--
-- SPDX-License-Identifier: Apache-2.0
local days = require "intents-days"
local people = require "intents-people"

local words = {}

-- --- Letters

local function class_of(ch)
    local code = utf8.codepoint(ch)
    if code < 0x80 then
        return ch:find "^[%w]$" and "a" or ch:find "^%s$" and " " or "p"
    elseif code >= 0x3400 and code <= 0x9fff or code >= 0x20000 and code <= 0x3ffff then
        return "h"
    elseif code >= 0x2000 and code <= 0x303f or code >= 0xff00 and code <= 0xffef then
        return "p"
    end
    return code >= 0xc0 and code < 0x2000 and "a" or "p"
end

-- The utterance in letters: c, their class, and its Latin words.
function words.read(text)
    local u = { text = text, c = {}, class = {}, words = {}, word_at = {} }
    local l = letters(text)
    u.at = l.from
    for _, code in utf8.codes(l.folded) do
        local ch = utf8.char(code)
        ch = (ch == "’" or ch == "‘") and "'" or ch
        u.c[#u.c + 1] = ch
        u.class[#u.c] = class_of(ch)
    end
    local i = 1
    while i <= #u.c do
        local j = i
        while u.class[j] == "a" do
            j = j + 1
        end
        if j > i then
            u.words[#u.words + 1] = { from = i, to = j,
                                      text = table.concat(u.c, "", i, j - 1) }
            u.word_at[i] = u.words[#u.words]
        end
        i = j > i and j or i + 1
    end
    return u
end

-- The text as it was written, of letters from to to - 1.
function words.slice(u, from, to)
    if to <= from then
        return ""
    end
    local first, last = u.at[from], u.at[to]
    return u.text:sub(first + 1, last)
end

-- --- Slips

-- The number of letters to change, leave out, add or swap; 3 for more than 2.
local function distance(a, b)
    if math.abs(#a - #b) > 2 then
        return 3
    end
    local before, above, row = nil, {}, nil
    for j = 0, #b do
        above[j] = j
    end
    for i = 1, #a do
        row = { [0] = i }
        local least = i
        for j = 1, #b do
            local same = a:byte(i) == b:byte(j)
            local cost = math.min(above[j] + 1, row[j - 1] + 1,
                                  above[j - 1] + (same and 0 or 1))
            if before and i > 1 and j > 1 and a:byte(i) == b:byte(j - 1)
               and a:byte(i - 1) == b:byte(j) then
                cost = math.min(cost, before[j - 2] + 1)
            end
            row[j] = cost
            least = math.min(least, cost)
        end
        if least > 2 then
            return 3
        end
        before, above = above, row
    end
    return math.min(above[#b], 3)
end

words.distance = distance

-- --- Readings

local function add(u, reading)
    local key = reading.from .. "-" .. reading.to
    local there = u.by_place[key]
    if not there then
        u.by_place[key] = reading
        u.starts[reading.from] = u.starts[reading.from] or {}
        table.insert(u.starts[reading.from], reading)
        return
    end
    for id in pairs(reading.ids or {}) do
        there.ids = there.ids or {}
        there.ids[id] = true
    end
    for _, kind in ipairs { "person", "unit", "days", "number", "percent", "tags" } do
        there[kind] = there[kind] or reading[kind]
    end
    there.quality = math.max(there.quality, reading.quality)
end

-- What of the <words> stands in `text`: the utterance, or the same with the
-- word at `from`, `more` letters longer, in the place of what was written.
local function add_phrases(u, text, from, to, more)
    local rows = phrases(text)
    for n = 1, #rows do
        local row = rows[n]
        local first, behind = row[1] + 1, row[2] + 1
        if not from or first <= from and behind >= to + more then
            local ids = {}
            for k = 3, #row do
                ids[row[k]] = true
            end
            add(u, { from = first, to = from and behind - more or behind, ids = ids,
                     quality = from and 0.9 or 1 })
        end
    end
end

-- Latin words that nobody knows take the place of the known words that are near:
-- the utterance is read again with each.
local function add_mended(u)
    for n = 1, #u.words do
        local word = u.words[n]
        if not word.person and #word.text >= 4 and word.text:find "^%a+$" then
            for _, known in ipairs(near(word.text)) do
                local text = table.concat(u.c, "", 1, word.from - 1) .. known
                             .. table.concat(u.c, "", word.to, #u.c)
                add_phrases(u, text, word.from, word.to, #known - #word.text)
                word.known = true
            end
        end
    end
end

-- Words of the engine that are too small to be known by their sound alone.
local mute = { filler = true, ["how-many"] = true, what = true, glue = true, ["how-to"] = true,
               ["all-in"] = true }

local measures = {}
for _, code in utf8.codes "天日周月年个次份家人位条项台件" do
    measures[utf8.char(code)] = true
end

-- Han letters that sound like a known phrase of two or more, and Latin words
-- that spell one: 鸡分, "daiban".
local function add_sounds(u)
    local sounds, places = {}, {}
    local function hear(sound, from, to, quality)
        local there = u.by_place[from .. "-" .. to]
        if there and there.ids and there.ids.filler and there.quality == 1 then
            return -- 那个 is what it is, and no 拿个
        end
        sounds[#sounds + 1] = sound
        places[#sounds] = { from = from, to = to, quality = quality }
    end
    for n = 1, #u.words do
        local word = u.words[n]
        if #word.text >= (#u.words == 1 and 4 or 5) and #u.words <= 4 then
            hear(word.text, word.from, word.to, 0.95)
        end
    end
    for n = 1, #u.words do
        local word = u.words[n]
        local is_spelled = #u.words <= 4 and not word.known and not word.person
                           and #word.text >= 7 and #word.text <= 24 and word.text:find "^%a+$"
        for i = 1, is_spelled and #word.text - 3 or 0 do -- "wodedaiban": 我的, 待办
            for j = i + 3, math.min(#word.text, i + 17) do
                if i > 1 or j < #word.text then
                    hear(word.text:sub(i, j), word.from + i - 1, word.from + j, 0.85)
                end
            end
        end
    end
    for n = 1, #u.words - 1 do -- "wo de jifen"
        local text = u.words[n].text
        for k = n + 1, math.min(#u.words, n + 4) do
            local last = u.words[k]
            if last.known or u.words[k - 1].known or last.person or u.words[k - 1].person
               or last.from - u.words[k - 1].to ~= 1 then
                break
            end
            text = text .. last.text
            hear(text, u.words[n].from, last.to, 0.85)
        end
    end
    for i = 1, #u.c - 1 do
        local sound, j = nil, i
        local counted = measures[u.c[i]] and (days.number(u.c, i - 1)) -- 三十天 | 到岗
        while u.class[j] == "h" and j < i + 5 and not counted do
            sound = (sound and sound .. " " or "") .. u.sound[j]
            j = j + 1
            if j > i + 1 then
                hear(sound, i, j, 0.85)
            end
        end
    end
    for _, row in ipairs(#sounds > 0 and heard(sounds) or {}) do
        local place, ids, small = places[row[1]], {}, false
        for k = 2, #row do
            ids[row[k]] = true
            small = small or mute[row[k]]
        end
        if not small then
            add(u, { from = place.from, to = place.to, ids = ids, quality = place.quality })
        end
    end
end

local function add_days(u, today)
    local first = days.parse(today)
    for i = 1, #u.c do
        local e, span = days.find(u.c, i, first)
        if e then
            local ahead = span.ahead
            local first_day, last_day = days.write(span[1]), days.write(span[2])
            local now = first_day <= today and last_day >= today
                        and (first_day < today or last_day == today) -- "until" begins today
            add(u, { from = i, to = e, quality = 1, ids = now and { now = true } or nil,
                     days = { from = days.write(span[1]), to = days.write(span[2]),
                              ahead = ahead and { from = days.write(ahead[1]),
                                                  to = days.write(ahead[2]) } } })
        end
    end
end

-- 三分之二: how much of a hundred, and the letter behind it.
local function share(u, i)
    local whole, j = days.number(u.c, i)
    if not whole and u.c[i] == "百" then
        whole, j = 100, i + 1
    end
    if not whole or whole < 2 or u.c[j] ~= "分" or u.c[j + 1] ~= "之" then
        return nil
    end
    local part, k = days.number(u.c, j + 2)
    return part and part <= whole and math.floor(part * 100 / whole + 0.5) or nil, k
end

-- "two thirds", "three quarters of"
local said_shares = { ["two thirds"] = 67, ["two third"] = 67, ["a third"] = 33, ["one third"] = 33,
                      ["three quarters"] = 75, ["three quarter"] = 75, ["a quarter"] = 25,
                      ["one quarter"] = 25, ["four fifths"] = 80, ["three fifths"] = 60,
                      ["half"] = 50, ["half way"] = 50, ["halfway"] = 50, ["一半"] = 50 }

local function add_numbers(u)
    local i = 1
    while i <= #u.c do
        local n, j = days.number(u.c, i)
        local of_word = u.class[i - 1] == "a" and u.class[i] == "a"
        local counts = u.c[i] == "一" and j == i + 1 and u.class[j] == "h" -- 一次, 一位
        if n and not of_word and not counts then
            local k = days.skip(u.c, j)
            local p = (u.c[k] == "%" or u.c[k] == "％") and k + 1
                      or days.at(u.c, k, "percent") or days.at(u.c, k, "per cent")
            if u.c[j] == "成" and n <= 10 and u.c[j + 1] ~= "交" then
                local more, behind = days.number(u.c, j + 1)
                more = more and more < 10 and more or nil -- 六成五
                if u.c[j + 1] == "半" then
                    more, behind = 5, j + 2 -- 七成半
                end
                add(u, { from = i, to = more and behind or j + 1, percent = n * 10 + (more or 0),
                         quality = 1 })
            elseif p then
                add(u, { from = i, to = p, percent = n, quality = 1 })
            elseif u.class[j] ~= "a" or u.c[j] == " " then
                add(u, { from = i, to = j, number = n, quality = 1 })
            end
        end
        local percent, behind = share(u, i)
        if percent then
            add(u, { from = i, to = behind, percent = percent, quality = 1 })
        end
        for text, of_hundred in pairs(said_shares) do
            local to = text:byte() == u.c[i]:byte() and days.at(u.c, i, text)
            if to and not (u.class[i] == "a" and u.class[i - 1] == "a") then
                add(u, { from = i, to = to, percent = of_hundred, quality = 1 })
            end
        end
        i = n and j > i and j or i + 1
    end
end

local function add_people(u, slips)
    local function is_known(i, j)
        for from = math.max(1, i - 5), i do
            for _, r in ipairs(u.starts[from] or {}) do
                if r.to > j and r.ids and not r.ids.filler then
                    return true
                end
            end
        end
        return false
    end
    for n = 1, #u.words do
        local word = u.words[n]
        for _, r in ipairs(u.starts[word.from] or {}) do
            word.known = word.known or r.ids ~= nil or r.unit ~= nil or r.days ~= nil
        end
        word.known = word.known or word.text:find "^%d" ~= nil
    end
    for _, found in ipairs(people.find(u, is_known, slips and distance or nil)) do
        add(u, { from = found.from, to = found.to, person = found.people,
                 quality = found.quality })
        for n = 1, #u.words do
            if u.words[n].from >= found.from and u.words[n].to <= found.to then
                u.words[n].person = true
            end
        end
    end
end

-- Units by all that they may be called.
local function add_units(u)
    for _, row in ipairs(units(table.concat(u.c))) do
        add(u, { from = row[1] + 1, to = row[2] + 1, unit = { id = row[3] },
                 quality = row[4] / 100 })
    end
end

-- 财务的李静, "Li Jing from finance": of several, those of that unit.
local function add_qualified(u)
    local function those_of(who, unit)
        local out = {}
        for n = 1, #who do
            out[#out + 1] = who[n].unit == unit and who[n] or nil
        end
        return out
    end
    local function add_one(person, unit, from, to)
        local who = those_of(person.person, unit.unit.id)
        if #who > 0 then
            add(u, { from = from, to = to, person = who, quality = person.quality })
        end
    end
    local function each(kind, see)
        local list = {}
        for _, r in pairs(u.by_place) do
            list[#list + 1] = r[kind] and r or nil
        end
        table.sort(list, function(a, b)
            return a.from < b.from or a.from == b.from and a.to < b.to
        end)
        for n = 1, #list do
            see(list[n])
        end
    end
    each("unit", function(unit)
        each("person", function(person)
            local between = table.concat(u.c, "", unit.to, person.from - 1)
            if unit.to <= person.from and (between == "" or between == "的" or between == " ") then
                add_one(person, unit, unit.from, person.to)
            end
            between = table.concat(u.c, "", person.to, unit.from - 1)
            if person.to < unit.from and (between:find "^%s+from%s+$" or between:find "^%s+of%s+$"
                                          or between:find "^%s+in%s+$") then
                add_one(person, unit, person.from, unit.to)
            end
        end)
    end)
end

local tag_words = { "标签", "tags", "tagged", "tag" }
local between_tags = { ["、"] = true, ["，"] = true, [","] = true }

-- The tag that begins at i: up to the next space or sign.
local function tag_end(u, i)
    while u.c[i] and u.class[i] ~= " " and u.class[i] ~= "p" or u.c[i] == "-" do
        i = i + 1
    end
    return i
end

local function blank_end(u, i)
    while u.c[i] == " " or u.c[i] == ":" or u.c[i] == "：" do
        i = i + 1
    end
    return i
end

-- #responsive; 标签 负责、协作; "tags: fair, fast"
local function add_tags(u)
    local i = 1
    while i <= #u.c do
        local from, listed = u.c[i] == "#" and i + 1, false
        for n = 1, (from or u.class[i - 1] == "a") and 0 or #tag_words do
            from = from or days.at(u.c, i, tag_words[n])
            listed = from ~= nil
        end
        local at, to, list = from and blank_end(u, from), nil, {}
        while at and tag_end(u, at) > at do
            to = tag_end(u, at)
            list[#list + 1] = words.slice(u, at, to)
            local sign = blank_end(u, to)
            at = listed and between_tags[u.c[sign]] and blank_end(u, sign + 1) or nil
        end
        if to then
            add(u, { from = i, to = to, tags = list, quality = 1 })
        end
        i = to or i + 1
    end
end

-- --- The best way to cut it

local STRANGE = 0.8 -- what a letter of a reading counts that is not looked for

-- Each letter of a reading counts by its quality; few long readings are better
-- than many short ones, and readings that are looked for, by wanted(reading),
-- than others.
local function cut(u, wanted)
    local n = #u.c
    local best, step = { [n + 1] = 0 }, {}
    local word_end = {}
    for k = 1, #u.words do
        word_end[u.words[k].from] = u.words[k].to
    end
    for i = n, 1, -1 do
        local next_one = word_end[i] or i + 1
        best[i], step[i] = best[next_one], next_one
        for _, r in ipairs(u.starts[i] or {}) do
            local part = wanted and not wanted(r) and STRANGE or 1
            local value = best[r.to] + (r.to - i) * r.quality * part - 0.2
            local there = type(step[i]) == "table" and step[i].to or i
            if value > best[i] + 1e-9 or value > best[i] - 1e-9 and r.to > there then
                best[i], step[i] = value, r
            end
        end
    end
    local parts, i = {}, 1
    while i <= n do
        local s = step[i]
        if type(s) == "table" then
            parts[#parts + 1] = s
            i = s.to
        else
            if u.class[i] == "h" or u.class[i] == "a" then
                local last = parts[#parts]
                if last and last.unknown and last.to == i and u.class[i] == "h"
                   and u.class[i - 1] == "h" then
                    last.to = s
                else
                    parts[#parts + 1] = { from = i, to = s, unknown = true }
                end
            elseif u.class[i] == "p" then
                parts[#parts + 1] = { from = i, to = s, sign = u.c[i] }
            end
            i = s
        end
    end
    return parts
end

local particles = {}
for _, code in utf8.codes "的了吗呢吧啊呀啦嘛是在把给我你" do
    particles[utf8.char(code)] = true
end

function words.is_particle(u, part)
    return part.to - part.from == 1 and particles[u.c[part.from]] ~= nil
end

-- A lone Chinese letter that nothing is known of is the half of a word: what
-- small word stands beside it is the other half. So are one or two between.
local function joined(u, parts)
    local function is_small(part)
        return part and part.to - part.from == 1 and u.class[part.from] == "h"
               and part.ids and (part.ids.filler or part.ids.glue)
               and not particles[u.c[part.from]]
    end
    local function is_han(part)
        return part and part.unknown and u.class[part.from] == "h"
    end
    local out, n = {}, 1
    while n <= #parts do
        local part, last = parts[n], out[#out]
        local beside = last and last.to == part.from
        if is_han(last) and beside and is_small(part)
           and (is_han(parts[n + 1]) or is_small(parts[n + 1]) and is_han(parts[n + 2])
                or last.to - last.from == 1)
           or is_han(last) and beside and is_han(part) then
            last.to = part.to
        elseif is_han(part) and part.to - part.from == 1 and beside and is_small(last) then
            out[#out] = { from = last.from, to = part.to, unknown = true }
        else
            out[#out + 1] = part
        end
        n = n + 1
    end
    return out
end

-- How each Chinese letter sounds.
local function add_sound_of_letters(u)
    local lines, any = {}, false
    for i = 1, #u.c do
        lines[i] = u.class[i] == "h" and u.c[i] or "-"
        any = any or u.class[i] == "h"
    end
    u.sound = any and pinyin(table.concat(lines, "\n")) or lines
end

local ends_asking = { ["吗"] = true, ["么"] = true, ["没"] = true, ["呢"] = true,
                      ["？"] = true, ["?"] = true, ["没有"] = true, ["否"] = true }
local begins_asking = {
    ["do"] = true, does = true, did = true, is = true, are = true, was = true, were = true,
    has = true, have = true, am = true, any = true, anything = true, what = true,
    whats = true, who = true, whos = true, which = true, when = true, where = true,
    how = true, why = true, whose = true,
}
local in_asking = { "有没有", "是不是", "多少", "有几", "谁", "哪", "什么", "有啥", "咋", "怎么",
                    "如何" }
local ordering = { "帮", "麻烦", "请", "能不能", "可不可以", "能否", "可否", "拜托", "could you", "can you", "would you", "please" }

-- 到没到, 是不是, 批没批: a verb, no, the verb again.
local function is_alternative(u, i)
    return (u.c[i] == "没" or u.c[i] == "不") and u.c[i - 1] ~= nil
           and u.c[i - 1] == u.c[i + 1] and u.class[i + 1] == "h"
end

-- Whether it is a question, and no order put politely.
local function is_asking(u)
    local text = table.concat(u.c)
    for i = 2, #u.c - 1 do
        if is_alternative(u, i) and u.c[i + 1] ~= "能" and u.c[i + 1] ~= "可" then
            return true
        end
    end
    for n = 1, #in_asking do
        if text:find(in_asking[n], 1, true) then
            return true
        end
    end
    for n = 1, #ordering do
        if text:find(ordering[n], 1, true) then
            return false
        end
    end
    local last = #u.c
    while last > 0 and (u.class[last] == " " or u.c[last] == "." or u.c[last] == "。"
                        or u.c[last] == "啊" or u.c[last] == "呀") do
        last = last - 1
    end
    return ends_asking[u.c[last] or ""]
           or u.words[1] and u.words[1].from == 1 and begins_asking[u.words[1].text] or false
end

-- Whether it asks how something is done: "how do I praise somebody".
local function is_how_to(u)
    for n = 1, #u.parts do
        local ids = u.parts[n].ids
        if ids and ids["how-to"] then
            return true
        end
    end
    return false
end

-- The utterance, cut. `world`: today. Slips are looked for only by
-- words.mended(), where it was not understood as it stands.
function words.cut(text, world)
    local u = words.read(text)
    u.by_place, u.starts = {}, {}
    u.asks = is_asking(u)
    add_sound_of_letters(u)
    add_phrases(u, table.concat(u.c))
    add_days(u, world.today)
    add_numbers(u)
    add_tags(u)
    add_units(u)
    add_people(u)
    add_qualified(u)
    u.parts = joined(u, cut(u))
    u.how_to = is_how_to(u)
    return u
end

-- A letter that nothing is known of and that begins names: 给刘点赞.
local function add_families(u)
    for n = 1, #u.parts do
        local part = u.parts[n]
        if part.unknown and part.to - part.from == 1 then
            for _, found in ipairs(people.of_family(u, part.from)) do
                add(u, { from = found.from, to = found.to, person = found.people,
                         quality = found.quality })
            end
        end
    end
end

-- The same utterance, read in favour of who wants some of its readings: "做的"
-- is a progress to one, and a deed (做) to another.
function words.cut_for(u, wanted)
    return joined(u, cut(u, wanted))
end

function words.mended(u, world)
    add_mended(u)
    add_sounds(u)
    add_people(u, true)
    add_families(u)
    u.parts = joined(u, cut(u))
end

return words
