-- intents/clauses - an utterance of several clauses: two wishes at once, which
-- are asked back, and a wish with something said around it.
--
-- SPDX-License-Identifier: Apache-2.0
local parts_of = require "intents-parts"
local words = require "intents-words"

local clauses = {}

local MOST = 4        -- clauses that are looked at
local CERTAIN = 0.95  -- of the whole, where its clauses say different things
local ONE = 0.85      -- of the examples, where they know the whole as one thing
local LONGEST = 120   -- letters of an utterance that is

local ends = { ["，"] = true, [","] = true, [";"] = true, ["；"] = true, ["。"] = true,
               ["?"] = true, ["？"] = true, ["!"] = true, ["！"] = true, ["."] = true }

-- The clauses of an utterance as texts, cut at signs, and at what joins two
-- wishes ("and", 顺便) where `joined`; and whether they are joined so, or asked
-- one after the other.
local function texts_of(u, joined)
    local out, from, two = {}, 1, false
    local function close(upto)
        local text = words.slice(u, from, upto)
        if text:find "[%w\x80-\xff]" then
            out[#out + 1] = text
        end
    end
    for p = 1, #u.parts do
        local part = u.parts[p]
        local between = u.class[part.from - 1] == "a" and u.class[part.to] == "a" -- 0.5, a.b
        local joins = parts_of.has(part, "as-well") and part.from > 1
        if part.sign and ends[part.sign] and not between
           or joined and joins and part.from > from then
            close(part.from)
            from = part.to
            two = two or joins or (part.sign == "?" or part.sign == "？") and p < #u.parts
        end
    end
    close(#u.c + 1)
    return out, two
end

local function is_sure(found)
    return (found.status == "answer" or found.status == "act") and not found.about
end

-- How a remark begins: what somebody says of themselves, and asks for nothing.
local remarks = { "i ", "i'm ", "i've ", "we ", "we're ", "my boss ", "boss ", "he ", "she ", "they ",
                  "我要", "我得", "我想", "我准备", "我正", "我在", "我刚", "我们要", "领导", "老板",
                  "班长", "客户" }

local function is_remark(u)
    local text = table.concat(u.c):gsub("^%s+", "")
    for n = 1, #remarks do
        if text:sub(1, #remarks[n]) == remarks[n] then
            return not u.asks
        end
    end
    return false
end

local function has_any(u, ids)
    for _, part in pairs(u.by_place) do
        for n = 1, #ids do
            if parts_of.has(part, ids[n]) then
                return true
            end
        end
    end
    return false
end

local function is_same(a, b)
    for key, value in pairs(a) do
        if key ~= "period" and not (b[key] == value or type(value) == "table") then
            return false
        end
    end
    return true
end

-- Whether `one` is what is meant, said without the days of a remark: "I am away
-- from Tuesday, what is due on Monday".
local function is_closer(one, whole)
    local mine, all = one.slots.period or {}, whole.slots.period or {}
    return whole.intent == one.intent and (mine.from ~= all.from or mine.to ~= all.to)
           and is_same(one.slots, whole.slots) and is_same(whole.slots, one.slots)
end

-- Whether a clause that was not understood says what matters: it asks, or has a
-- number in it.
local function is_telling(u)
    for _, part in pairs(u.by_place) do
        if part.number or part.percent then
            return true
        end
    end
    return u.asks
end

-- What several clauses mean: `whole` is what they mean together, and
-- understand(text) what one means alone. Gives that, or nil and two wishes, or
-- nothing: what is meant is the whole.
function clauses.settle(u, whole, understand)
    if #u.c > LONGEST or whole.status == "refuse" or whole.about or whole.why == "negated"
       or whole.declined
       or whole.does == "act" or whole.choose or has_any(u, { "trick", "destroy" }) then
        return nil
    end
    local texts, two = texts_of(u, true)
    if #texts < 2 or #texts > MOST then
        return nil
    end
    local sure, kinds = {}, {}
    for n = 1, #texts do
        local found = understand(texts[n])
        if is_sure(found) and found.intent ~= "help" and not kinds[found.intent] then
            kinds[found.intent] = true
            sure[#sure + 1] = found
        elseif found.status == "refuse" or found.why == "negated" then
            return nil
        end
    end
    local one_thing = is_sure(whole) and (whole.share or 0) >= ONE
    if #sure >= 2 and (two or not one_thing and whole.status == "answer"
                               and whole.confidence < CERTAIN) then
        return nil, sure
    end
    texts = texts_of(u, false)
    if #texts < 2 then
        return nil
    end
    local one, said, remarks_only, telling = nil, 0, true, false
    for n = 1, #texts do
        local found, cut = understand(texts[n])
        local remark = is_remark(cut)
        if is_sure(found) and not remark and (found.intent ~= "help" or #sure == 0) then
            one, said = found, said + 1
        else
            remarks_only = remarks_only and remark
            telling = telling or is_telling(cut)
        end
    end
    if said ~= 1 or one.does ~= "answer" then
        return nil
    elseif whole.status ~= "answer" and not telling
           or remarks_only and (whole.intent ~= one.intent or is_closer(one, whole)) then
        return one
    end
end

return clauses
