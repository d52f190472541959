-- intents/likeness - what an utterance is most like of the sentences that
-- intents bring as examples (<said>), beside what its words say (rules.lua).
--
-- People, units, titles and numbers stand for others of their kind: a sentence
-- is compared with {person}, {unit}, {document}, {number} in their places.
--
-- SPDX-License-Identifier: Apache-2.0
local match = require "intents-match"
local rules = require "intents-rules"
local told = require "intents-told"

local likeness = {}

-- --- The sentence without its names

-- What a part stands for; NIL: itself.
local function kind_of(part)
    return part.person and "person" or part.unit and "unit"
           or not part.ids and (part.percent and "percent" or part.number and "number") or nil
end

-- Where documents are named, as spans.
local function titles_in(world, tries)
    local spans = {}
    local function add(try)
        for id, span in pairs(try and try.place or {}) do
            if try.found[id] then
                spans[#spans + 1] = { from = span.from, to = span.to, as = "document" }
            end
        end
    end
    for n = 1, #tries do
        add(tries[n])
    end
    for m = 1, #spans == 0 and #world.models or 0 do
        for _, intent in ipairs(world.models[m].intents) do
            for _, slot in ipairs(intent.slots) do
                if slot.type == "document" and #spans == 0 then
                    add(match.bare(world, intent))
                end
            end
        end
    end
    return spans
end

-- The utterance with {kind} for what is named in it.
local function masked(world, tries)
    local u, spans, out, i = world.u, titles_in(world, tries), {}, 1
    for p = 1, #u.parts do
        local part = u.parts[p]
        local kind = kind_of(part)
        spans[#spans + 1] = kind and { from = part.from, to = part.to, as = kind } or nil
    end
    table.sort(spans, function(a, b)
        return a.from < b.from or a.from == b.from and a.to > b.to
    end)
    for n = 1, #spans do
        local span = spans[n]
        if span.from >= i then
            out[#out + 1] = table.concat(u.c, "", i, span.from - 1)
            out[#out + 1] = "{" .. span.as .. "}"
            i = span.to
        end
    end
    out[#out + 1] = table.concat(u.c, "", i, #u.c)
    return table.concat(out)
end

-- --- What the examples say

local function intents_of(world)
    local by_id = {}
    for m = 1, #world.models do
        for _, intent in ipairs(world.models[m].intents) do
            by_id[intent.id] = by_id[intent.id] or { intent = intent, model = world.models[m].id }
        end
    end
    return by_id
end

-- Shares of the intents that have examples, best first: { text, near, rows =
-- { { id, share, set, example, intent, model } }, by_id }.
local function asked(world, tries)
    local known = intents_of(world)
    local like = { text = masked(world, tries), rows = {}, by_id = {}, near = 0 }
    for _, row in ipairs(likest(like.text)) do
        local id, set = row.kind:match "^(%S+) ?(.*)$"
        local there = like.by_id[id]
        like.near = math.max(like.near, row.near / 1000)
        if there then
            there.share = there.share + row.share / 1000
        elseif known[id] then
            there = { id = id, share = row.share / 1000, set = set ~= "" and set or nil,
                      example = row.example, near = row.near / 1000,
                      intent = known[id].intent, model = known[id].model }
            like.by_id[id] = there
            like.rows[#like.rows + 1] = there
        end
    end
    table.sort(like.rows, function(a, b)
        return a.share > b.share or a.share == b.share and a.id < b.id
    end)
    return like
end

-- What is told of it: the three best; NIL: nobody brings examples.
local function best_of(like)
    if #like.rows == 0 then
        return nil
    end
    local out = {}
    for n = 1, math.min(3, #like.rows) do
        local row = like.rows[n]
        out[n] = { intent = row.id, set = row.set, share = row.share, example = row.example }
    end
    return { text = like.text, near = like.near, of = out }
end

-- --- Both together

-- Shares. An intent that is understood by its words needs little beside them;
-- one that is not needs the more, the less the words say.
local DOUBTED = 0.1 -- below: the examples know nothing of it
local DECLINED = 0.3 -- the same, where they say that it is none of ours
local CLEAR = 0.6   -- from here on they mean something else
local PICKED = 0.7  -- one of those between which the words leave it open
local SURE = 0.8    -- another, where they leave it open
local OVER = 0.9    -- another, where the words were sure
local ACTS = 0.85   -- an act
local WRITES = 0.97 -- one with free words in it
local NEAR = 0.25   -- how near the nearest must be for any of this

local function share_of(like, id)
    return like.by_id[id] and like.by_id[id].share
end

-- What has nothing to do with us, or is not told.
local function declined(row)
    if row.intent.does == "refuse" then
        return { status = "refuse", intent = row.id, slots = {}, confidence = row.share,
                 explain = {} }
    end
    local found = told.unsure "unknown"
    found.declined = true -- as a whole, whatever its clauses may be
    return found
end

-- Whether free words are a part of it, so that it matters where they begin.
local function writes(found, intent)
    local takes, figure = false, false
    for n = 1, #intent.slots do
        local slot, there = intent.slots[n], found.slots[intent.slots[n].id] ~= nil
        takes = takes or slot.type == "text"
        figure = figure or there and (slot.type == "number" or slot.type == "percent")
    end
    return takes and not figure
end

-- The intent by the best way in which it was said, or by its slots alone; NIL:
-- neither is possible.
local function taken(context, world, row, tries)
    local try
    for n = 1, #tries do
        try = try or tries[n].intent == row.intent and tries[n] or nil
    end
    local sure = try and try.confidence >= rules.ANSWERS
    try = try or match.bare(world, row.intent)
    if not try then
        return nil
    end
    try.model = row.model
    local found = told.found(try, context)
    local slot, word = (row.set or ""):match "^(.-)=(.*)$"
    if slot and found.slots[slot] == nil then
        found.slots[slot] = word
    end
    told.settled(found)
    if found.status == "act" and not sure
       and row.share < (writes(found, row.intent) and WRITES or ACTS) then
        found.status, found.of = "back", { found.intent }
        found.choices = { told.choice(row.intent, context.lang) }
    end
    found.confidence = math.max(found.confidence, math.floor(row.share * 100) / 100)
    return found
end

-- Both, to choose from.
local function either(context, found, row, tries)
    local of, choices = {}, {}
    for n = 1, #tries do
        if tries[n].intent.id == found.intent and #of == 0 then
            of[1], choices[1] = found.intent, told.choice(tries[n].intent, context.lang)
        end
    end
    of[#of + 1], choices[#choices + 1] = row.id, told.choice(row.intent, context.lang)
    return { status = "back", of = of, choices = choices, slots = {},
             confidence = found.confidence, explain = found.explain }
end

-- What the words have found, weighed with what the examples say.
local function weighed(context, world, found, tries, like)
    local best = like.rows[1]
    if not best or like.near < NEAR or found.about then
        return found
    end
    local plain = best.intent.does == "answer" or best.intent.does == "act"
    local function take()
        return plain and taken(context, world, best, tries) or not plain and declined(best)
               or found
    end
    if found.why == "negated" then -- "whose report don't I have" is none
        return world.u.asks and best.intent.does == "answer" and best.share >= OVER and take() or found
    elseif found.status == "refuse" then -- an act tells nothing
        return best.intent.does == "act" and best.share >= WRITES and take() or found
    elseif found.status == "unsure" then
        found.declined = best.intent.does == "nothing" and best.share >= SURE
        return best.share >= SURE and best.intent.does ~= "refuse" and take() or found
    elseif found.status == "back" and not found.choose and not found.missing then
        local open = false
        for n = 1, #(found.of or {}) do
            open = open or found.of[n] == best.id
        end
        local lone = #world.u.parts == 1 -- one word is as open as it is
        return not lone and best.share >= (open and PICKED or SURE) and take() or found
    end
    local share = share_of(like, found.intent)
    if not share or share >= (plain and DOUBTED or DECLINED) or best.share < CLEAR then
        return found
    elseif found.status == "back" then
        return best.share >= SURE and take() or found
    elseif not plain or best.share >= OVER and best.intent.does == "answer" then
        return take()
    end
    return either(context, found, best, tries)
end

-- The same, with what is told of it; `tries` are what else the words may mean.
function likeness.weighed(context, world, found, tries)
    if world.is_tangled then
        return found
    end
    local like = asked(world, tries)
    local out = weighed(context, world, found, tries, like)
    out.like = best_of(like)
    out.share = out.intent and share_of(like, out.intent)
    return out
end

return likeness
