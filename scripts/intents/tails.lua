-- intents/tails - free words that stand behind everything else, where no way to
-- say it has found them: "ask Zhang Wei what I could do better".
--
-- They begin at a sign behind whom or what they are for, or where an English
-- question begins; there must be something in them that nothing is known of.
--
-- SPDX-License-Identifier: Apache-2.0
local match = require "intents-match"
local parts_of = require "intents-parts"
local words = require "intents-words"

local tails = {}

local LEAST = 3 -- what the unknown of it must weigh
local MANY = 6  -- the same, where a figure stands in it: "two welders passed …"
local PLAIN = 8 -- the same, without a sign: "how I am working" is a mere politeness

local colons = { [":"] = true, ["："] = true }
local signs = { [":"] = true, ["："] = true, [","] = true, ["，"] = true, ["-"] = true,
                ["—"] = true, ["；"] = true, [";"] = true }
local asking = { "what", "how", "where", "why", "when" }

-- The slot for free words that is still empty; NIL: none, or they are shared out
-- by headings.
local function empty_slot(found, try)
    local one
    for _, slot in ipairs(try.intent.slots) do
        if slot.after then
            return nil
        elseif slot.type == "text" and found.slots[slot.id] == nil then
            one = slot
        end
    end
    return try.intent.does == "act" and next(try.text) == nil and one or nil
end

-- Where that ends which the words are for: somebody, or a document; NIL: neither
-- has been named.
local function named_until(try)
    local last
    for _, place in pairs(try.place) do
        last = math.max(last or 0, place.to)
    end
    return last
end

local function begins_question(try, part)
    for n = 1, #asking do
        if match.has(part, asking[n]) and try.u.class[part.from] == "a" then
            return true
        end
    end
    return false
end

-- Where the words begin, and the sign there, if it is one; NIL: nowhere.
local function begin_of(try, behind)
    for p = 1, #try.parts do
        local part = try.parts[p]
        if part.from >= behind then
            if part.sign and signs[part.sign] then
                return part.to, part.sign
            elseif begins_question(try, part) then
                return part.from
            end
        end
    end
end

-- The figures that stand from there on, and what weighs what nobody knows.
local function contents_of(try, from)
    local figures, unknown = {}, 0
    for p = 1, #try.parts do
        local part = try.parts[p]
        local taken = try.used[part]
        if part.from >= from and not part.sign then
            if taken and (part.number or part.percent) then
                figures[#figures + 1] = taken:match "^{(.*)}$"
            elseif not taken and not parts_of.is_free(part) then
                unknown = unknown + parts_of.weight(try.u, part)
            end
        end
    end
    return figures, unknown
end

-- Puts them into their slot.
function tails.put(found, try)
    local slot = empty_slot(found, try)
    local behind = slot and named_until(try)
    local from, sign = nil, nil
    if behind then
        from, sign = begin_of(try, behind)
    end
    if not from then
        return
    end
    local figures, unknown = contents_of(try, from)
    local counts, said = false, false
    for _, other in ipairs(try.intent.slots) do
        local counting = other.type == "number" or other.type == "percent"
        counts, said = counts or counting, said or counting and found.slots[other.id] ~= nil
    end
    if unknown < (sign and LEAST or PLAIN) or counts and not colons[sign]
       or said and not (#figures > 0 and unknown >= MANY) then
        return
    end
    for n = 1, #figures do
        found.slots[figures[n]] = nil
    end
    local a, b = match.trimmed(try, { from = from, to = #try.u.c + 1 })
    local text = words.slice(try.u, a, b)
    found.slots[slot.id] = text ~= "" and text or nil
end

return tails
