-- intents/match - which intent an utterance is, out of its parts (words.lua).
--
-- Confidence is the part of what was said that the best way (ways.lua) accounts
-- for. What it does not account for speaks against it, whatever it may be: so a
-- sentence that goes on about something else is not understood by half.
--
-- SPDX-License-Identifier: Apache-2.0
local parts_of = require "intents-parts"
local titles = require "intents-titles"
local ways = require "intents-ways"
local words = require "intents-words"

local asks, has, is_free = parts_of.asks, parts_of.has, parts_of.is_free
local value_of, weight = parts_of.value_of, parts_of.weight

local match = {}

-- Words that point at somebody: who does not know them means somebody else.
local pointing = { "who", "to-me" }

-- --- Free words

local links = { ["，"] = true, [","] = true, ["："] = true, [":"] = true, ["。"] = true,
                ["."] = true, ["！"] = true, ["!"] = true, ["？"] = true, ["?"] = true,
                [";"] = true, ["；"] = true, ["-"] = true, ["—"] = true, ["、"] = true,
                ["\""] = true, ["“"] = true, ["”"] = true, ["…"] = true, ["~"] = true,
                ["'"] = true }

local closing = { ["吧"] = true, ["呀"] = true, ["啊"] = true, ["啦"] = true, ["哈"] = true,
                  ["哦"] = true, ["嘛"] = true, ["呗"] = true, ["了"] = true }

local leads_a_noun = { ["一"] = true } -- 点赞一下, but 一个人扛下来

-- Without signs, spaces and words that only lead on to it; and without tags.
local function trimmed(try, span)
    local u, from, to = try.u, span.from, span.to
    local said = from > 1 and from or 2 -- a colon before it: what follows is as it is
    while said > 2 and u.class[said - 1] == " " do
        said = said - 1
    end
    local quoted = u.c[said - 1] == ":" or u.c[said - 1] == "："
    local moved = true
    while moved and from < to do
        moved = false
        if u.class[from] == " " or links[u.c[from]] then
            quoted = quoted or u.c[from] == ":" or u.c[from] == "："
            from, moved = from + 1, true
        end
        if closing[u.c[from]] and (u.class[from + 1] == " " or u.class[from + 1] == "p") then
            from, moved = from + 1, true -- 一个赞吧 …
        end
        for p = 1, #try.parts do
            local part = try.parts[p]
            if part.from == from and part.to <= to and has(part, "lead") and not quoted
               and not (leads_a_noun[u.c[from]] and u.class[part.to] == "h") then
                from, moved = part.to, true
            end
        end
    end
    moved = true
    while moved and from < to do
        moved = false
        if u.class[to - 1] == " " or links[u.c[to - 1]] then
            to, moved = to - 1, true
        end
        for p = 1, #try.parts do
            local part = try.parts[p]
            if part.to == to and part.from >= from
               and (part.tags or has(part, "please")) then
                to, moved = part.from, true
            end
        end
    end
    return from, to
end
-- --- Slots

-- Words that may go with any way to say it.
local function take_also(try, way)
    for p = 1, #try.parts do
        local part = try.parts[p]
        for n = 1, part.ids and not try.used[part] and #way or 0 do
            local ids = way[n].ids
            for k = 1, ids and #ids or 0 do -- the same said twice
                if part.ids[ids[k]] then
                    try.used[part] = ids[k]
                end
            end
        end
        local first
        for id in pairs(not try.used[part] and part.ids or {}) do
            local at = try.intent.also_at[id]
            if at and (not first or at < first)
               and (try.intent.does ~= "act" or not parts_of.is_asking[id]) then
                first = at
            end
        end
        try.used[part] = try.used[part] or first and try.intent.also[first]
    end
end

-- "Two thirds, no, make it 70%": what was said before is taken back, where the
-- same or its like is said again.
local alike = { number = "number", percent = "number" }

local function take_back(try)
    local at
    for p = 1, #try.parts do
        at = has(try.parts[p], "correction") and try.parts[p].from or at
    end
    for n = 1, at and #try.intent.slots or 0 do
        local slot, after = try.intent.slots[n], {}
        for p = 1, #try.parts do
            local part = try.parts[p]
            local value = part.from > at and value_of(part, slot, try.me)
            if value ~= nil and value ~= false and (slot.type ~= "person" or part.person) then
                after[#after + 1] = value
                try.used[part] = try.used[part] or "{" .. slot.id .. "}"
                try.place[slot.id] = slot.type == "person" and part or try.place[slot.id]
            end
        end
        if #after > 0 and slot.type ~= "flag" and slot.type ~= "tags" then
            for k = 1, #try.intent.slots do
                local other = try.intent.slots[k]
                if alike[other.type] and alike[other.type] == alike[slot.type] then
                    try.values[other.id] = nil
                end
            end
            try.values[slot.id] = after
        end
    end
end

-- What the slots of the intent find in parts that are free, or taken for them.
local function fill_slots(try)
    for n = 1, #try.intent.slots do
        local slot = try.intent.slots[n]
        local values = {}
        local said = try.way.in_way["{" .. slot.id .. "}"]
                     and (slot.type == "number" or slot.type == "percent")
        for p = 1, #try.parts do
            local part = try.parts[p]
            local taken = try.used[part]
            local own = taken == "{" .. slot.id .. "}"
            if taken ~= "text" and (not taken and not said or own or slot.type == "flag"
                                    or slot.type == "choice" or slot.type == "choices"
                                    or slot.type == "form") then
                local value = value_of(part, slot, try.me)
                if value ~= nil and (slot.type ~= "person" or part.person or own)
                   and not (slot.type == "person" and #values > 0) then
                    try.used[part] = taken or "{" .. slot.id .. "}"
                    values[#values + 1] = value
                    if slot.type == "person" then
                        try.place[slot.id] = try.place[slot.id] or part
                    end
                end
            elseif taken == "text" and slot.type == "tags" and part.tags then
                values[#values + 1] = part.tags
            end
        end
        try.values[slot.id] = #values > 0 and values or nil
    end
    take_back(try)
    for n = 1, #try.way.sets do
        local item = try.way.sets[n]
        try.values[item.sets.id] = { { item.value } }
    end
end
-- --- Tried

local ends_clause = { ["，"] = true, [","] = true, ["?"] = true, ["？"] = true, ["。"] = true }

-- Whether it says in so many words that something is to be written: "add to",
-- or a colon before what it is.
local function is_dictated(try)
    local named = 0
    for n = 1, #try.way do
        named = named + (try.way[n].slot and 0 or 1)
    end
    return named > 1
end

-- Free words that are to be sorted under headings have one, or are dictated,
-- and are no question. A slot that a way names itself needs none.
local function is_headed(try)
    for n = 1, #try.intent.slots do
        local slot = try.intent.slots[n]
        if slot.after and not try.way.in_way["{" .. slot.id .. "}"] then
            local headed, doubt, signed, free, first = false, false, false, false, false
            for p = 1, #try.parts do
                local part = try.parts[p]
                if try.used[part] == "text" then
                    for k = 1, #try.intent.slots do
                        local heads = has(part, try.intent.slots[k].after)
                        headed = headed or heads
                        first = first or heads and not free
                    end
                    free = true
                    doubt = doubt or asks(part) or has(part, "not-yet")
                    signed = signed or part.sign ~= nil
                end
            end
            return not free or headed and (signed or not doubt or first)
                   or not doubt and is_dictated(try)
        end
    end
    return true
end

-- "When" is no question about what, "where" none about whom.
local function is_other_question(part, intent)
    return has(part, "when") and not intent.knows.when
           or has(part, "where") and not intent.knows.where
           or has(part, "why") and not intent.knows.why
end

-- Whether its first clause is a question: "has Feng praised me, Feng Bo I mean".
local function asks_first(try)
    for p = 1, #try.parts - 1 do
        local part = try.parts[p]
        if part.sign and ends_clause[part.sign] then
            local last = try.parts[p - 1]
            return part.sign == "?" or part.sign == "？"
                   or last ~= nil and try.used[last] ~= "text" and try.u.c[part.from - 1] == "吗"
        end
    end
    return false
end

local function is_today(part, world)
    return part.days and part.days.from == world.today and part.days.to == world.today
end

local function try_way(world, intent, way, parts)
    local try = { world = world, u = world.u, parts = parts, me = world.me,
                  intent = intent, used = {}, text = {}, found = {}, place = {},
                  values = {}, wants = {}, required = 0, way = way }
    if way.ordered then
        if not ways.take_in_order(try, way) then
            return
        end
        for id, span in pairs(try.text) do
            local from, to = trimmed(try, span)
            if to <= from then
                return
            end
            try.text[id] = { from = from, to = to }
        end
    elseif not ways.take_any_order(try, way) then
        return
    end
    fill_slots(try)
    take_also(try, way)
    for n = 1, #try.wants do
        local slot = try.wants[n]
        if slot.type == "document" and not titles.find_document(try, slot)
           or slot.type == "rest" and not titles.find_rest(try, slot) then
            return
        end
    end
    for n = 1, #intent.slots do
        local slot = intent.slots[n]
        if slot.type == "document" and not try.found[slot.id] then
            titles.find_document(try, slot)
        end
    end
    if not is_headed(try) then
        return
    end
    for p = 1, #try.parts do
        local taken = try.used[try.parts[p]]
        if try.exact and taken and not taken:find "^{" and not way.in_way[taken] then
            return
        end
    end
    local good, bad, slip = 0, 0, 1
    for p = 1, #try.parts do
        local part = try.parts[p]
        local w = weight(try.u, part)
        if try.used[part] and try.used[part] ~= "text" then
            for n = 1, #pointing do
                local id = pointing[n]
                if has(part, id) and not intent.knows[id] then
                    bad = bad + 2 + (id == "who" and 0 or w) -- "who hasn't": a mere "not yet"
                end
            end
        end
        if try.used[part] == "text" then
            good = good + 0
        elseif try.used[part] then
            good = good + w
            slip = math.min(slip, part.quality or 1)
        elseif has(part, "trick") and intent.does ~= "refuse" then
            bad = bad + 2 * w + 4
        elseif has(part, "not-do") then
            try.negated = true
            bad = bad + (intent.does == "answer" and 2 * w or w)
        elseif asks(part) and intent.does ~= "answer" then
            bad = bad + 2 * w + 2
        elseif is_other_question(part, intent)
               or (part.person or part.unit) and intent.does ~= "refuse" then
            bad = bad + w + 2 -- somebody else, too: not to be passed over
        elseif not is_free(part) and not has(part, "me") and not is_today(part, world) then
            bad = bad + (has(part, "glue") and 0 or asks(part) and 0.5 * w or w)
            if w >= 2 and not (has(part, "glue") or has(part, "how-to") or asks(part) or part.sign) then
                try.strange = true
            end
        end
    end
    try.confidence = good > 0 and good / (good + bad) * (0.85 + 0.15 * slip) or 0
    if intent.does == "act" and (not way.ordered and try.u.asks
                                 or way.ordered and asks_first(try)) then
        try.confidence = 0.6 * try.confidence -- a question is not an order
    end
    return try
end
-- What is heeded in any intent: it speaks against it.
local heeded = { ["not-do"] = true, trick = true, destroy = true, private = true, who = true,
                 ["people-list"] = true, ["to-me"] = true, when = true, where = true,
                 why = true, filler = true, me = true, glue = true, lead = true,
                 please = true }

-- Which readings an intent looks for: its words, and the values of its slots.
local function reader_of(intent)
    local types = {}
    for _, slot in ipairs(intent.slots) do
        types[slot.type] = true
    end
    local function is_known(id)
        return intent.knows[id] or heeded[id] or types.form and id:sub(1, 5) == "form-"
    end
    return function(reading)
        if reading.person or reading.days or reading.unit or reading.number or reading.percent
           or reading.tags then
            return true
        end
        for id in pairs(reading.ids or {}) do
            if is_known(id) then
                return true
            end
        end
        return false
    end
end
-- Whether it is one word, such as 审批, that may be a matter as well as an act:
-- 点个赞 is to be done.
local function is_bare(try)
    local n, one = 0, nil
    for p = 1, #try.parts do
        if not try.parts[p].sign then
            n, one = n + 1, try.parts[p]
        end
    end
    for i = n == 1 and one.from or 1, n == 1 and one.to - 1 or 0 do
        if try.u.c[i] == "个" or try.u.c[i] == "一" then
            return false
        end
    end
    return n == 1
end

-- Whether it begins with what the act is called: "sign off everything that is
-- pending" is no question about what is pending.
local function is_order(try)
    if try.intent.does ~= "act" or try.u.asks or try.exact and is_bare(try) then
        return false
    end
    for p = 1, #try.parts do
        if has(try.parts[p], "people-list") and try.used[try.parts[p]] ~= "text" then
            return false -- 赞我的人
        end
    end
    for p = 1, #try.parts do
        local part = try.parts[p]
        if not (is_free(part) or part.sign) then
            local taken = try.used[part]
            for n = 1, taken and #try.way or 0 do
                local item = try.way[n]
                if item.text == taken and item.orders and not item.slot then
                    return true
                end
            end
            return false
        end
    end
    return false
end

local LEAST = 0.25 -- of an utterance: with less of it no intent is worth a try
local LONG = 60    -- parts of one that is long: there it is the more
local MOST = 0.5
local EFFORT = 9000 -- parts looked at in all tries together: more is a tangle
local TITLE = 40   -- letters that may be a title, or what is asked about

-- Up to how much of an utterance an intent may account for, of one.
local function most_of(u, intent, parts, is_wanted)
    local known, open, all = 0, 0, 0
    for p = 1, #parts do
        local part = parts[p]
        if not part.sign then
            local w = weight(u, part)
            local is_known = not part.unknown and is_wanted(part)
            known, open = known + (is_known and w or 0), open + (is_known and 0 or w)
            all = all + w
        end
    end
    for n = 1, #intent.slots do
        local type = intent.slots[n].type
        if type == "document" or type == "rest" then
            return all > 0 and (known + math.min(open, TITLE)) / all or 0
        end
    end
    return all > 0 and known / all or 0
end

-- All intents that can be meant, the best way of each, best first. A tangle of
-- many words is left, which the world is told (is_tangled).
function match.all(world)
    local tries, there, effort = {}, ways.there_is(world.u), 0
    local least = #world.u.parts > LONG and MOST or LEAST
    for m = 1, #world.models do
        for _, intent in ipairs(world.models[m].intents) do
            local best, parts, most
            if not intent.ways then
                ways.prepare(intent)
            end
            for k = 1, #intent.ways do
                local way, try = intent.ways[k], nil
                if ways.can_be_said(way, there) then
                    intent.reads = intent.reads or reader_of(intent)
                    parts = parts or words.cut_for(world.u, intent.reads)
                    most = most or most_of(world.u, intent, parts, intent.reads)
                    if (way.ordered or most >= least) and effort < EFFORT then
                        try = try_way(world, intent, way, parts)
                        effort = effort + #parts
                    end
                end
                if try and (not best or try.confidence > best.confidence + 0.001
                            or math.abs(try.confidence - best.confidence) <= 0.001
                               and try.required > best.required) then
                    best = try
                    best.model = world.models[m].id
                end
            end
            tries[#tries + 1] = best
        end
    end
    for n = 1, #tries do
        tries[n].rank = tries[n].confidence + 0.012 * tries[n].required
                        - (tries[n].strange and 0.05 or 0)
                        + (is_order(tries[n]) and 0.05 or 0)
    end
    world.is_tangled = world.is_tangled or effort >= EFFORT
    table.sort(tries, function(a, b)
        if a.rank ~= b.rank then
            return a.rank > b.rank
        end
        return a.intent.id < b.intent.id
    end)
    return tries
end

local nothing = { ordered = false, in_way = {}, sets = {}, not_there = {} }

-- An intent by its slots alone, however it was said; NIL: it cannot be.
function match.bare(world, intent)
    if not intent.ways then
        ways.prepare(intent)
    end
    local try = try_way(world, intent, nothing, words.cut_for(world.u, reader_of(intent)))
    if try then
        try.rank = try.confidence
    end
    return try
end

-- Whether a part was taken for this word.
function match.is_said(try, id)
    for _, taken in pairs(try.used) do
        if taken == id then
            return true
        end
    end
    return false
end

match.trimmed, match.own_documents, match.has = trimmed, titles.own_documents, has

return match
