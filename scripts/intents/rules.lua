-- intents/rules - what somebody means by the words that were said: an intent
-- with its slots, or why not.
--
-- Confident is who accounts for most of what was said; between the two
-- thresholds it asks back, below it says what can be said. What names several
-- people or documents is asked back as well: nothing here guesses.
--
-- SPDX-License-Identifier: Apache-2.0
local match = require "intents-match"
local told = require "intents-told"
local words = require "intents-words"

local rules = { ANSWERS = 0.72 }

local ANSWERS, ASKS = rules.ANSWERS, 0.5

local function is_only_me(found, context)
    local somebody = false
    for _, person in pairs(found.people) do
        if person.login ~= context.me.login then
            return false
        end
        somebody = true
    end
    return somebody
end

-- Nothing but thanks.
local function is_courtesy(try)
    local polite = false
    for p = 1, #try.parts do
        local part = try.parts[p]
        if not part.sign and not match.has(part, "please") and not match.has(part, "filler") then
            return false
        end
        polite = polite or match.has(part, "please")
        if try.used[part] and not match.has(part, "please") then
            return false
        end
    end
    return polite
end

local small = { filler = true, please = true, me = true, lead = true, glue = true, give = true,
                want = true, ["question"] = true, who = true, when = true, what = true,
                where = true, how = true, ["how-many"] = true, why = true, all = true,
                others = true, ["not-yet"] = true, team = true,
                received = true, latest = true, next = true, wait = true, out = true }


-- All was known, but no intent is said so: up to three that have these words.
local function kin(world)
    local wanted, n = {}, 0
    for _, part in ipairs(world.u.parts) do
        local big
        for id in pairs(part.ids or {}) do
            if id == "not-do" or id == "trick" or id == "private" or id == "destroy" then
                return {}
            end
            big = big or not small[id]
        end
        if part.unknown then
            return {}
        elseif big and not part.ids.filler then
            wanted[part], n = true, n + 1
        end
    end
    local out = {}
    for _, model in ipairs(n > 0 and world.models or {}) do
        for _, intent in ipairs(model.intents) do
            local all = intent.does ~= "refuse" and intent.knows ~= nil
            for part in pairs(wanted) do
                local some = false
                for id in pairs(part.ids) do
                    some = some or not small[id] and all and intent.said[id]
                end
                all = all and some
            end
            if all and #out < 3 then
                out[#out + 1] = intent
            end
        end
    end
    return out
end

-- The act that somebody asks how to do; NIL: none, or there are words that it
-- does not know.
local function act_asked_about(world, tries)
    local best = world.u.how_to and tries[1]
    for p = 1, best and best.intent.does == "act" and best.confidence >= ANSWERS
               and #best.parts or 0 do
        if match.has(best.parts[p], "how-to") and best.used[best.parts[p]] == "text" then
            return nil -- thanks for showing me how to
        end
    end
    if best and best.intent.does == "answer" and best.confidence >= ANSWERS then
        return nil
    end
    for n = 1, world.u.how_to and #tries or 0 do
        if tries[n].intent.does == "act" and not tries[n].strange and not tries[n].negated then
            return tries[n]
        end
    end
end

-- Which intents have all the words that matter, where none is said so.
local function asked_back(world, context)
    local list, of, choices = kin(world), {}, {}
    for n = 1, #list do
        of[n], choices[n] = list[n].id, told.choice(list[n], context.lang)
    end
    if #list == 0 then
        return told.unsure "unknown"
    end
    return { status = "back", of = of, choices = choices, slots = {}, confidence = 0,
             explain = {} }
end

-- What the best of `tries` comes to.
local function decided(context, world, tries)
    local best = tries[1]
    local act = act_asked_about(world, tries)
    if act then
        return { status = "answer", intent = "help", does = "answer", about = act.intent.id,
                 slots = {}, people = {}, documents = {}, confidence = 1,
                 explain = told.explained(act) }
    elseif not best or best.confidence < ASKS then
        return asked_back(world, context)
    end
    local found = told.found(best, context)
    if best.negated and (found.does ~= "answer" or best.confidence < ANSWERS) then
        return told.unsure "negated"
    elseif found.does == "refuse" then
        return { status = "refuse", intent = found.intent, slots = {},
                 confidence = found.confidence, explain = found.explain }
    elseif is_courtesy(best) then
        return told.unsure "unknown"
    end
    local n = 1
    while tries[n + 1] and n < 3 and tries[n + 1].confidence >= ASKS
          and tries[n + 1].rank >= best.rank - 0.01 do
        n = n + 1
    end
    if n > 1 then
        return told.which(tries, n, context)
    elseif best.confidence < ANSWERS then
        found.status, found.of = "back", { found.intent }
        found.choices = found.choices or { told.choice(best.intent, context.lang) }
        return found
    end
    return told.settled(found)
end

-- What a text means that is taken as one sentence; and all that it may mean,
-- best first.
function rules.found(context, world)
    local tries = match.all(world)
    if world.is_tangled then
        return told.unsure "long", {}
    elseif not tries[1] or tries[1].confidence < ANSWERS or tries[1].strange then
        words.mended(world.u, world)
        tries = match.all(world)
    end
    if world.is_tangled then
        return told.unsure "long", {}
    end
    while tries[1] and tries[1].intent.does == "refuse"
          and is_only_me(told.found(tries[1], context), context) do
        table.remove(tries, 1)
    end
    return decided(context, world, tries), tries
end

return rules
