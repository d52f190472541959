-- intents/ways - one way to say an intent, and where an utterance has it.
--
-- A way is a row of items: a word of the lexicon, one of several (a/b), one that
-- may be there (?a) or must not (!a), a slot ({person}), a slot that it fills
-- (only=approve), free words. Without free words its items are found in any
-- order; with them in their own, the free words being what stands between.
--
-- SPDX-License-Identifier: Apache-2.0
local parts_of = require "intents-parts"

local value_of, weight = parts_of.value_of, parts_of.weight

local ways = {}

local function slot_named(intent, name)
    for n = 1, #intent.slots do
        if intent.slots[n].id == name then
            return intent.slots[n]
        end
    end
end

-- What an item of a way is, read once: { text, maybe, not_there, exact, sign,
-- ids, slot, type, sets, value }.
local function read_item(text, intent)
    local item = { text = text }
    local slot, value = text:match "^([%w_-]+)=(.+)$"
    if slot then
        item.sets, item.value = slot_named(intent, slot), value
        return item
    elseif text == "." or text == ":" then
        item.exact, item.sign = text == ".", text == ":"
        return item
    elseif text:sub(1, 1) == "!" then
        item.not_there, text = true, text:sub(2)
    elseif text:sub(1, 1) == "?" then
        item.maybe, text = true, text:sub(2)
    end
    local name = text:match "^{(.*)}$"
    if text == "*" then
        item.slot, item.type, item.ids = { id = "*", type = "rest" }, "rest", {}
        return item
    end
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
    local read = { ordered = false, in_way = {}, sets = {}, not_there = {} }
    for n = 1, #way do
        local item = read_item(way[n], intent)
        if item.sets then
            read.sets[#read.sets + 1] = item
        elseif item.not_there then
            read.not_there[#read.not_there + 1] = item
        else
            read[#read + 1] = item
            read.in_way[item.text] = true
            read.ordered = read.ordered or item.type == "text"
        end
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

function ways.can_be_said(way, there)
    for n = 1, #way.not_there do
        if can_be(way.not_there[n], there) then
            return false
        end
    end
    for n = 1, #way do
        if not can_be(way[n], there) then
            return false
        end
    end
    return true
end

-- What there may be in the utterance, however it is cut: ids, and kinds of
-- values.
function ways.there_is(u)
    local there = { ids = {} }
    for _, part in pairs(u.by_place) do
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
function ways.take_any_order(try, way)
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
function ways.take_in_order(try, way)
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

-- The ways of an intent, and the words that it knows of.
function ways.prepare(intent)
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
    intent.also_at = {}
    for n, id in ipairs(intent.also or {}) do
        intent.knows[id] = true
        intent.also_at[id] = n
    end
    for _, slot in ipairs(intent.slots) do
        for _, id in ipairs(slot.of or {}) do
            intent.knows[id] = true
        end
        if slot.after then
            intent.knows[slot.after] = true
        end
    end
end

return ways
