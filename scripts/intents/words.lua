-- intents/words - an utterance cut into what is known of it: words of the
-- intents, people, units, days, numbers; and the letters that nothing is known
-- of.
--
-- SPDX-License-Identifier: Apache-2.0
local asking = require "intents-asking"
local days = require "intents-days"
local figures = require "intents-figures"
local people = require "intents-people"
local slips = require "intents-slips"
local utterance = require "intents-utterance"

local add = utterance.add

local words = { slice = utterance.slice, distance = slips.distance }

-- --- Readings

-- What of the <words> stands in the utterance.
local function add_phrases(u)
    for _, row in ipairs(phrases(table.concat(u.c))) do
        local ids = {}
        for k = 3, #row do
            ids[row[k]] = true
        end
        add(u, { from = row[1] + 1, to = row[2] + 1, ids = ids, quality = 1 })
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

local function add_people(u, slip)
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
    for _, found in ipairs(people.find(u, is_known, slip and slips.distance or nil)) do
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

-- The utterance, cut. `world`: today. Slips are looked for only by
-- words.mended(), where it was not understood as it stands.
function words.cut(text, world)
    local u = utterance.read(text)
    u.by_place, u.starts = {}, {}
    u.asks = asking.is_question(u)
    add_sound_of_letters(u)
    add_phrases(u)
    add_days(u, world.today)
    figures.add_numbers(u)
    figures.add_tags(u)
    add_units(u)
    add_people(u)
    add_qualified(u)
    u.parts = joined(u, cut(u))
    u.how_to = asking.is_how_to(u)
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
    slips.add_near(u)
    slips.add_sounds(u)
    add_people(u, true)
    add_families(u)
    u.parts = joined(u, cut(u))
end

return words
