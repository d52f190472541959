-- intents/main - what somebody means: an intent with its slots, or why not.
--
-- It is asked of the words (rules.lua) and of the sentences that intents bring
-- as examples (likeness.lua), and of each clause as well as of the whole
-- (clauses.lua).
--
-- SPDX-License-Identifier: Apache-2.0
local clauses = require "intents-clauses"
local likeness = require "intents-likeness"
local rules = require "intents-rules"
local told = require "intents-told"
local words = require "intents-words"

-- --- What is known of the company

local QUESTIONS = 60 -- about titles, of one utterance: more is a long story

-- Documents of a form that have these letters; where none has all of them,
-- those that have some. `asked` counts the questions.
local function documents(form, text, grams, asked)
    local seen, list = {}, {}
    local function add(q)
        if asked.n >= QUESTIONS then
            return
        end
        asked.n = asked.n + 1
        local page = ask("documents", nil, { form = form, q = q, limit = "50" })
        for _, item in ipairs(page and page.items or {}) do
            if not seen[item.id] and item.state ~= "void" then
                seen[item.id] = true
                list[#list + 1] = item
            end
        end
    end
    add(text)
    if #list == 0 then
        local some = {}
        for gram in pairs(grams) do
            some[#some + 1] = gram
        end
        table.sort(some, function(a, b)
            return grams[a] > grams[b] or grams[a] == grams[b] and a < b
        end)
        for n = 1, math.min(6, #some) do
            add(some[n])
        end
    end
    return list
end

local function own(form, field, me)
    local page = ask("documents", nil, { form = form, state = "open", limit = "50",
                                         ["filter[" .. field .. "]"] = me.id })
    return page and page.items or {}
end

local function world_of(context)
    local world = {
        models = context.models, me = context.me, today = context.today,
        titled = {},
    }
    local mine, asked = {}, { n = 0 }
    world.documents = function(form, text, grams)
        return documents(form, text, grams, asked)
    end
    world.own = function(form, field)
        mine[form .. field] = mine[form .. field] or own(form, field, context.me)
        return mine[form .. field]
    end
    world.u = words.cut(context.text, world)
    return world
end

-- --- Understood

-- What a text means that is taken as one sentence.
local function found_in(context, world)
    return likeness.weighed(context, world, rules.found(context, world))
end

-- The same of a text in which several things may be said.
local function settled(context)
    if context.too_long then
        return told.unsure "long"
    elseif not context.text:find "%S" then
        return told.unsure "empty"
    end
    local world = world_of(context)
    local u, kept = world.u, {}
    local whole = found_in(context, world)
    local one, both = clauses.settle(u, whole, function(text)
        if not kept[text] then
            local part = setmetatable({ text = text }, { __index = context })
            local of_part = world_of(part)
            kept[text] = { (rules.found(part, of_part)), of_part.u }
        end
        return table.unpack(kept[text])
    end)
    if both then
        local of, choices = {}, {}
        for n = 1, #both do
            of[n], choices[n] = both[n].intent, both[n].said
        end
        return { status = "back", of = of, choices = choices, slots = {},
                 confidence = both[1].confidence, explain = both[1].explain,
                 like = whole.like }
    end
    one = one or whole
    one.like = whole.like
    return one
end

function understand(context)
    local found = settled(context)
    found.examples = told.all_examples(context)
    return found
end