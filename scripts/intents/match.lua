-- intents/match - which intent an utterance is, out of its parts (words.lua).
--
-- An intent is said in one of several ways, each a row of items: a word of the
-- lexicon, one of several (a/b), one that may be there (?a), a slot ({person}),
-- free words ({words}). A way without free words is found in any order; one
-- with them in its own, the free words being what stands between.
--
-- Confidence is the part of what was said that the way accounts for. What it
-- does not account for speaks against it, whatever it may be: so a sentence
-- that goes on about something else is not understood by half.
--
-- SPDX-License-Identifier: Apache-2.0
local words = require "intents-words"

local match = {}

-- --- Parts

-- Han letters count one, Latin words two.
local function weight(u, part)
    if part.weight then
        return part.weight
    end
    local w, i = 0, part.from
    while i < part.to do
        if u.class[i] == "h" then
            w = w + 1
        elseif u.class[i] == "a" and u.class[i - 1] ~= "a" then
            w = w + 2
        end
        i = i + 1
    end
    part.weight = math.min(w, 6)
    return part.weight
end

local function is_free(part)
    return part.sign or part.ids and part.ids.filler
end

local asking = { "question", "who", "when", "what", "where", "how", "how-many", "why" }

local is_asking = {}
for n = 1, #asking do
    is_asking[asking[n]] = true
end

local function asks(part)
    for n = 1, #asking do
        if part.ids and part.ids[asking[n]] then
            return true
        end
    end
    return false
end

local function has(part, id)
    return part.ids and part.ids[id]
end

-- What of `slot` this part can be.
local function value_of(part, slot, me)
    local type = slot.type
    if type == "person" then
        if part.person then
            return part.person
        elseif has(part, "me") and slot.own then
            return { me }
        end
    elseif type == "unit" then
        return part.unit
    elseif type == "period" then
        return part.days
    elseif type == "number" then
        return part.number
    elseif type == "percent" then
        return part.percent
    elseif type == "tags" then
        return part.tags
    elseif type == "form" then
        for id in pairs(part.ids or {}) do
            if id:sub(1, 5) == "form-" then
                return id:sub(6)
            end
        end
    elseif type == "choice" or type == "choices" or type == "flag" then
        local list = {}
        for n = 1, #(slot.of or {}) do
            if has(part, slot.of[n]) then
                list[#list + 1] = slot.of[n]
            end
        end
        return list[1] and list
    end
end

-- --- One way to say it

local function slot_named(intent, name)
    for n = 1, #intent.slots do
        if intent.slots[n].id == name then
            return intent.slots[n]
        end
    end
end

-- What an item of a way is, read once: { text, maybe, exact, sign, ids, slot,
-- type }.
local function read_item(text, intent)
    local item = { text = text }
    if text == "." or text == ":" then
        item.exact, item.sign = text == ".", text == ":"
        return item
    elseif text:sub(1, 1) == "?" then
        item.maybe, text = true, text:sub(2)
    end
    local name = text:match "^{(.*)}$"
    item.slot = name and slot_named(intent, name)
    item.type = item.slot and item.slot.type
    item.ids = {}
    for id in (name and "" or text):gmatch "[^/]+" do
        item.ids[#item.ids + 1] = id
    end
    item.orders = intent.does == "act" and text ~= "to-me"
    return item
end

local function read_way(way, intent)
    local read = { ordered = false, in_way = {} }
    for n = 1, #way do
        local item = read_item(way[n], intent)
        read[n] = item
        read.in_way[item.text] = true
        read.ordered = read.ordered or item.type == "text"
    end
    return read
end

-- Whether `part` is the item: a sign, a word, one of several, or the value of a
-- slot.
local function is_item(part, item, me)
    if item.sign then
        return part.sign == ":" or part.sign == "," or part.sign == "，"
    elseif item.slot then
        return value_of(part, item.slot, me) ~= nil
    end
    local ids = part.ids
    if ids and item.orders and ids["to-me"] then
        return false -- "waiting for my approval" is no "approve"
    end
    for n = 1, ids and #item.ids or 0 do
        if ids[item.ids[n]] then
            return true
        end
    end
    return false
end

-- Whether something in the utterance can be this item at all.
local function can_be(item, there)
    if item.maybe or item.exact or item.sign then
        return true
    elseif item.slot then
        local type = item.type
        if type == "person" then
            return there.person or item.slot.own and there.ids.me
        elseif type == "period" then
            return there.days
        elseif type == "unit" or type == "number" or type == "percent" or type == "tags"
               or type == "form" then
            return there[type]
        end
        return true
    end
    for n = 1, #item.ids do
        if there.ids[item.ids[n]] then
            return true
        end
    end
    return false
end

local function can_be_said(way, there)
    for n = 1, #way do
        if not can_be(way[n], there) then
            return false
        end
    end
    return true
end

-- What there is in the utterance: ids, and kinds of values.
local function there_is(parts)
    local there = { ids = {} }
    for p = 1, #parts do
        local part = parts[p]
        for id in pairs(part.ids or {}) do
            there.ids[id] = true
            there.form = there.form or id:sub(1, 5) == "form-"
        end
        for _, kind in ipairs { "person", "unit", "days", "number", "percent", "tags" } do
            there[kind] = there[kind] or part[kind] ~= nil
        end
    end
    return there
end

-- In any order: each item takes a part of its own. `used` maps parts to what
-- they are taken for.
-- A part that is several words at once (没交: not yet, hand in) may be taken for
-- each of them.
local function take_any_order(try, way)
    for n = 1, #way do
        local item, found = way[n], false
        if item.exact then
            try.exact, found = true, true
        elseif item.type == "document" or item.type == "rest" then
            try.wants[#try.wants + 1] = item.slot
            found = true
        end
        local last = item.type == "number" or item.type == "percent" -- "20 份 … to 17"
        for k = 1, found and 0 or #try.parts do
            local part = try.parts[last and #try.parts + 1 - k or k]
            if not try.used[part] and is_item(part, item, try.me) then
                try.used[part] = item.text
                try.required = try.required
                               + (item.maybe and 0 or weight(try.u, part) + (item.slot and 0 or 1))
                found = true
                break
            end
        end
        for p = 1, (found or item.slot) and 0 or #try.parts do
            if try.parts[p].ids and is_item(try.parts[p], item, try.me) then
                found = true
                break
            end
        end
        if not found and not item.maybe then
            return false
        end
    end
    return true
end

-- In its order: free words are what stands before the next item.
local function take_in_order(try, way)
    local p = 1
    local open
    local function close(upto)
        if open then
            try.text[open.slot.id] = { from = open.from, to = upto }
            for k = open.part, #try.parts do
                local part = try.parts[k]
                if part.from >= open.from and part.to <= upto then
                    try.used[part] = try.used[part] or "text"
                end
            end
            open = nil
        end
    end
    for n = 1, #way do
        local item = way[n]
        if item.type == "text" then
            local from = try.parts[p] and try.parts[p].from or #try.u.c + 1
            open = { slot = item.slot, from = from, part = p }
        else
            local found
            for k = p, #try.parts do
                if is_item(try.parts[k], item, try.me) then
                    found = k
                    break
                end
            end
            if not found or open and not (found > 1 and try.parts[found - 1].sign) then
                return false
            end
            close(try.parts[found].from)
            try.used[try.parts[found]] = item.text
            try.required = try.required + weight(try.u, try.parts[found])
            p = found + 1
        end
    end
    close(#try.u.c + 1)
    return true
end

-- --- Free words

local links = { ["，"] = true, [","] = true, ["："] = true, [":"] = true, ["。"] = true,
                ["."] = true, ["！"] = true, ["!"] = true, ["？"] = true, ["?"] = true,
                [";"] = true, ["；"] = true, ["-"] = true, ["—"] = true, ["、"] = true,
                ["\""] = true, ["“"] = true, ["”"] = true, ["…"] = true, ["~"] = true,
                ["'"] = true }

-- Without signs, spaces and words that only lead on to it; and without tags.
local function trimmed(try, span)
    local u, from, to = try.u, span.from, span.to
    local moved = true
    while moved and from < to do
        moved = false
        if u.class[from] == " " or links[u.c[from]] then
            from, moved = from + 1, true
        end
        for p = 1, #try.parts do
            local part = try.parts[p]
            if part.from == from and part.to <= to and has(part, "lead") then
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

-- --- Documents by what is left of their title

-- What nothing accounts for, in pieces: letters from, to, and the parts.
local function pieces(try)
    local out, open = {}, nil
    local function is_loose(part)
        return part and not part.sign and not try.used[part]
               and not (is_free(part) or has(part, "me") or asks(part) or has(part, "glue"))
    end
    for p = 1, #try.parts do
        local part, after = try.parts[p], try.parts[p + 1]
        local joins = open and part.from - open.to <= 1 and try.used[part] ~= "text"
                      and after and after.from - part.to <= 1 and is_loose(after)
                      and not part.days and (after.unknown or after.number)
        if is_loose(part) or joins and not part.sign or joins and part.sign == "-" then
            open = open or { from = part.from, parts = {} }
            open.to = part.to
            open.parts[#open.parts + 1] = part
            open.unknown = open.unknown or part.unknown or part.number ~= nil
                           or part.percent ~= nil
        elseif open then
            out[#out + 1] = open
            open = nil
        end
    end
    out[#out + 1] = open
    return out
end

-- Pairs of Chinese letters and whole Latin words of a folded text.
local function grams(folded)
    local out, before, word = {}, nil, ""
    for _, code in utf8.codes(folded) do
        local ch = utf8.char(code)
        local latin = code < 0x80 and ch:find "^[%w.]$" ~= nil
        if latin then
            word = word .. ch
        elseif word ~= "" then
            out[word] = 2
            word = ""
        end
        if code >= 0x2e80 then
            if before then
                out[before .. ch] = 1
            end
            before = ch
        else
            before = nil
        end
    end
    if word ~= "" then
        out[word] = 2
    end
    return out
end

match.grams = grams

-- Titles folded, and their grams, all at once.
local function read_titles(list)
    local titles, n = {}, 0
    for k = 1, #list do
        titles[k] = list[k].title
    end
    for line in (letters(table.concat(titles, "\n")).folded .. "\n"):gmatch "([^\n]*)\n" do
        n = n + 1
        if list[n] then
            list[n].folded, list[n].grams = line, grams(line)
        end
    end
end

-- The documents whose titles have most of these letters, all alike good.
local function titled(try, slot, text)
    local kept = try.world.titled[slot.form .. "\n" .. text]
    if kept then
        return kept.found, kept.share, kept.common
    end
    local whole = letters(text).folded
    local wanted, total = grams(whole), 0
    for _, w in pairs(wanted) do
        total = total + w
    end
    local best, most, found = 0.6, 0, {}
    local list = total > 0 and try.world.documents(slot.form, text, wanted) or {}
    read_titles(list)
    for n = 1, #list do
        local common, named = 0, false
        for gram, w in pairs(wanted) do
            if list[n].grams[gram] then
                common = common + w
                named = named or not gram:find "^[%d.]+$"
            end
        end
        local share = named and common / total or 0
        if share > best + 0.001 then
            best, most, found = share, common, { list[n] }
        elseif share >= best - 0.001 and share >= 0.6 then
            found[#found + 1] = list[n]
        end
    end
    for n = 1, #found do
        if found[n].folded == whole then
            found = { found[n] }
            break
        end
    end
    most = #found > 0 and math.max(most, 0.6 * total) or 0
    try.world.titled[slot.form .. "\n" .. text] = { found = found, share = best, common = most }
    return found, best, most
end

-- The documents that are mine, of what the slot is about.
local function own_documents(try, slot)
    return try.world.own(slot.form, slot.own)
end

-- A piece as a whole, else each part of it.
local function each_span(piece)
    local list = { piece }
    for n = 1, #piece.parts > 1 and #piece.parts or 0 do
        local part = piece.parts[n]
        if part.unknown then
            list[#list + 1] = { from = part.from, to = part.to, parts = { part } }
        end
    end
    return list
end

-- The piece with what stands beside it: a title may begin with the name of a
-- unit, or a word that means something by itself.
local function wider(try, piece)
    local first, last
    for p = 1, #try.parts do
        first = first or try.parts[p].from == piece.from and p
        last = try.parts[p].to == piece.to and p or last
    end
    local function joins(part, beside)
        return part and beside and not part.sign and try.used[part] ~= "text"
               and not (words.is_particle(try.u, part) or has(part, "me") or asks(part)
                        or is_free(part) and try.u.class[part.from] ~= "h"
                        or part.person or part.days)
    end
    local from, to = first, last
    while from and joins(try.parts[from - 1], from > 1
                         and try.parts[from - 1].to >= try.parts[from].from - 1) do
        from = from - 1
    end
    while to and joins(try.parts[to + 1], to < #try.parts
                       and try.parts[to + 1].from <= try.parts[to].to + 1) do
        to = to + 1
    end
    local spans = {}
    for a = first or 0, from or 1, -1 do
        for b = last, to do
            if a < first or b > last then
                local span = { from = try.parts[a].from, to = try.parts[b].to, parts = {},
                               unknown = true }
                for p = a, b do
                    span.parts[#span.parts + 1] = try.parts[p]
                end
                spans[#spans + 1] = span
            end
        end
    end
    return spans
end

local function find_document(try, slot)
    local best
    local function look(span, least)
        local text = words.slice(try.u, span.from, span.to)
        local found, share, common = {}, 0, 0
        if not best or #text > #best.text then
            found, share, common = titled(try, slot, text)
        end
        if #found > 0 and share >= least and (not best or common > best.common) then
            best = { piece = span, found = found, text = text, common = common }
        end
    end
    for _, piece in ipairs(pieces(try)) do
        for _, span in ipairs(piece.unknown and each_span(piece) or {}) do
            look(span, 0)
        end
        for n, span in ipairs(piece.unknown and wider(try, piece) or {}) do
            if n <= 8 then
                look(span, 0.75)
            end
        end
    end
    if best then
        for _, part in ipairs(best.piece.parts) do
            local taken = try.used[part]
            if taken and taken:find "^{" and (part.unit or part.number or part.percent) then
                if try.way.in_way[taken] then
                    return false
                end
                try.values[taken:match "^{(.*)}$"] = nil -- it was the title's
            end
            try.used[part] = "{" .. slot.id .. "}"
            try.required = try.required + weight(try.u, part)
        end
        try.found[slot.id] = best.found
        try.place[slot.id] = best.piece
    end
    return best ~= nil
end

local function find_rest(try, slot)
    local list, any = pieces(try), false
    local function is_new(piece)
        for _, part in ipairs(piece.parts) do
            for id in pairs(part.ids or {}) do
                if try.intent.knows[id] or id == "wait" or id == "to-me" then
                    return false
                end
            end
        end
        return true
    end
    for _, piece in ipairs(list) do
        any = any or piece.unknown
    end
    for _, piece in ipairs(list) do
        if (piece.unknown or not any and #try.way > 2 and is_new(piece)) and not try.text[slot.id] then
            try.text[slot.id] = { from = piece.from, to = piece.to }
            for _, part in ipairs(piece.parts) do
                try.used[part] = "{" .. slot.id .. "}"
                try.required = try.required + weight(try.u, part)
            end
        end
    end
    return try.text[slot.id] ~= nil
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
        for n = 1, #(try.intent.also or {}) do
            if not try.used[part] and has(part, try.intent.also[n])
               and (try.intent.does ~= "act" or not is_asking[try.intent.also[n]]) then
                try.used[part] = try.intent.also[n]
            end
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
end

-- --- Tried

-- Free words that are to be sorted under headings have one, and are no
-- question.
local function is_headed(try)
    for n = 1, #try.intent.slots do
        if try.intent.slots[n].after then
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
        end
    end
    return true
end

local function is_today(part, world)
    return part.days and part.days.from == world.today and part.days.to == world.today
end

local function try_way(world, intent, way)
    local try = { world = world, u = world.u, parts = world.u.parts, me = world.me,
                  intent = intent, used = {}, text = {}, found = {}, place = {},
                  values = {}, wants = {}, required = 0, way = way }
    if way.ordered then
        if not take_in_order(try, way) then
            return
        end
        for id, span in pairs(try.text) do
            local from, to = trimmed(try, span)
            if to <= from then
                return
            end
            try.text[id] = { from = from, to = to }
        end
    elseif not take_any_order(try, way) then
        return
    end
    fill_slots(try)
    take_also(try, way)
    for n = 1, #try.wants do
        local slot = try.wants[n]
        if slot.type == "document" and not find_document(try, slot)
           or slot.type == "rest" and not find_rest(try, slot) then
            return
        end
    end
    for n = 1, #intent.slots do
        local slot = intent.slots[n]
        if slot.type == "document" and not try.found[slot.id] then
            find_document(try, slot)
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
        if try.used[part] and try.used[part] ~= "text"
           and (has(part, "who") and not intent.knows.who
                or has(part, "to-me") and not intent.knows["to-me"]) then
            bad = bad + 2 + (has(part, "to-me") and w or 0) -- "who hasn't": a mere "not yet"
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
        elseif not is_free(part) and not has(part, "me") and not is_today(part, world) then
            bad = bad + (has(part, "glue") and 0 or asks(part) and 0.5 * w or w)
        end
    end
    try.confidence = good > 0 and good / (good + bad) * (0.85 + 0.15 * slip) or 0
    if intent.does == "act" and not way.ordered and try.u.asks then
        try.confidence = 0.6 * try.confidence -- a question is not an order
    end
    return try
end

-- The ways of an intent, and the words that it knows of.
local function prepare(intent)
    intent.ways, intent.knows, intent.said = {}, {}, {}
    for k = 1, #intent.says do
        local way = read_way(intent.says[k], intent)
        intent.ways[k] = way
        for n = 1, #way do
            for _, id in ipairs(way[n].ids or {}) do
                intent.knows[id], intent.said[id] = true, true
            end
        end
    end
    for _, id in ipairs(intent.also or {}) do
        intent.knows[id] = true
    end
end

-- All intents that can be meant, the best way of each, best first.
function match.all(world)
    local tries, there = {}, there_is(world.u.parts)
    for m = 1, #world.models do
        for _, intent in ipairs(world.models[m].intents) do
            local best
            if not intent.ways then
                prepare(intent)
            end
            for k = 1, #intent.ways do
                local way = intent.ways[k]
                local try = can_be_said(way, there) and try_way(world, intent, way)
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
    end
    table.sort(tries, function(a, b)
        if a.rank ~= b.rank then
            return a.rank > b.rank
        end
        return a.intent.id < b.intent.id
    end)
    return tries
end

match.trimmed, match.own_documents, match.has, match.weight = trimmed, own_documents, has, weight

return match
