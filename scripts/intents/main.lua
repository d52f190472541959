-- intents/main - what somebody means: an intent with its slots, or why not.
--
-- Confident is who accounts for most of what was said; between the two
-- thresholds it asks back, below it says what can be said. What names several
-- people or documents is asked back as well: nothing here guesses.
--
-- SPDX-License-Identifier: Apache-2.0
local clauses = require "intents-clauses"
local match = require "intents-match"
local words = require "intents-words"

local ANSWERS, ASKS = 0.72, 0.5

-- --- What is known of the company

-- Documents of a form that have these letters; where none has all of them,
-- those that have some.
local function documents(form, text, grams)
    local seen, list = {}, {}
    local function add(q)
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
        local n = 0
        for gram in pairs(grams) do
            n = n + 1
            if n <= 6 then
                add(gram)
            end
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
        documents = documents, titled = {},
    }
    local mine = {}
    world.own = function(form, field)
        mine[form .. field] = mine[form .. field] or own(form, field, context.me)
        return mine[form .. field]
    end
    world.u = words.cut(context.text, world)
    return world
end

-- --- Slots in their normal form

local function replaced(u, span, text)
    local before, after = words.slice(u, 1, span.from), words.slice(u, span.to, #u.c + 1)
    if before:find "[%w]$" then
        before = before .. " "
    end
    if after:find "^[%w]" then
        after = " " .. after
    end
    return before .. text .. after
end

local function titles_of(list)
    local out, seen = {}, {}
    for n = 1, #list do
        if not seen[list[n].title] then
            seen[list[n].title] = true
            out[#out + 1] = list[n].title
        end
    end
    return out
end

local function choose(found, slot, values, choices)
    found.choose = found.choose or {}
    found.choose[slot.id] = values
    found.choices = found.choices or choices
end

local function put_person(found, try, slot, values, u)
    local list = values[1]
    if #list == 1 then
        found.slots[slot.id] = list[1].login
        found.people[slot.id] = list[1]
        return
    end
    local logins, choices = {}, {}
    for n = 1, #list do
        logins[n] = list[n].login
        choices[n] = { label = ("%s · %s"):format(list[n].name, list[n].title or list[n].login),
                       text = replaced(u, try.place[slot.id], list[n].login) }
    end
    choose(found, slot, logins, choices)
end

local function put_document(found, try, slot, u)
    local list, place = try.found[slot.id], try.place[slot.id]
    if slot.own then
        local mine, is_mine, both = match.own_documents(try, slot), {}, {}
        for n = 1, #mine do
            is_mine[mine[n].id] = true
        end
        for n = 1, #(list or {}) do
            if is_mine[list[n].id] then
                both[#both + 1] = list[n]
            end
        end
        list = #both > 0 and both or list or mine
    end
    if not list then
        return
    end
    if #list == 1 then
        found.slots[slot.id] = list[1].title
        found.documents[slot.id] = list[1]
        return
    end
    local choices = {}
    for n, title in ipairs(titles_of(list)) do
        choices[n] = { label = title,
                       text = place and replaced(u, place, title)
                              or words.slice(u, 1, #u.c + 1) .. " " .. title }
    end
    if #list > 1 then
        choose(found, slot, titles_of(list), choices)
    end
end

-- Free words behind their heading, if it stands among them.
local function behind_heading(try, slot, span)
    for p = 1, #try.parts do
        local part = try.parts[p]
        if slot.after and not try.way.in_way[slot.after] and match.has(part, slot.after)
           and part.from >= span.from and part.to < span.to then
            return { from = part.to, to = span.to }
        end
    end
    return span
end

local function put_text(found, try, slot, u)
    local span = try.text[slot.id]
    if span then
        span = behind_heading(try, slot, span)
        local from, to = match.trimmed(try, span)
        local text = words.slice(u, from, to)
        found.slots[slot.id] = text ~= "" and text or nil
    end
end

-- Values of several parts: the last days said count, all choices do.
local function put(found, try, slot, u)
    local values, type = try.values[slot.id], slot.type
    if type == "document" then
        return put_document(found, try, slot, u)
    elseif type == "text" or type == "rest" then
        return put_text(found, try, slot, u)
    elseif not values then
        return
    elseif type == "person" then
        return put_person(found, try, slot, values, u)
    elseif type == "unit" then
        found.slots[slot.id] = values[1].id
    elseif type == "period" then
        found.slots[slot.id] = { from = values[1].from, to = values[1].to }
    elseif type == "flag" then
        found.slots[slot.id] = true
    elseif type == "tags" then
        local list = {}
        for n = 1, #values do
            table.move(values[n], 1, #values[n], #list + 1, list)
        end
        found.slots[slot.id] = list
    elseif type == "choice" then
        found.slots[slot.id] = values[1][1]
    elseif type == "choices" then
        local there, list = {}, {}
        for n = 1, #values do
            for _, id in ipairs(values[n]) do
                there[id] = true
            end
        end
        for _, id in ipairs(slot.of) do
            list[#list + 1] = there[id] and id or nil
        end
        found.slots[slot.id] = list
    else
        found.slots[slot.id] = values[1]
    end
end

-- --- Free words under headings: what was done, what comes next

local ends = { ["，"] = true, [","] = true, [";"] = true, ["；"] = true, ["。"] = true,
               ["."] = true, ["、"] = false }

-- Clauses of a span: cut at signs, and before a heading.
local function clauses_of(try, span, headings)
    local out, from = {}, span.from
    local function close(upto)
        if upto > from then
            out[#out + 1] = { from = from, to = upto }
        end
    end
    for p = 1, #try.parts do
        local part = try.parts[p]
        if part.from >= span.from and part.to <= span.to then
            local heading
            for id in pairs(part.ids or {}) do
                heading = heading or headings[id]
            end
            if part.sign and ends[part.sign] then
                close(part.from)
                from = part.to
            elseif heading and part.from > from
                   and (try.u.c[part.from - 1] == " " and try.u.class[part.from] == "h"
                        or part.strong) then
                close(part.from)
                from = part.from
            end
        end
    end
    close(span.to)
    return out
end

-- Whether only small words stand before `at`.
local function leads(try, from, at)
    local also = {}
    for _, id in ipairs(try.intent.also or {}) do
        also[id] = true
    end
    for p = 1, #try.parts do
        local part = try.parts[p]
        if part.from >= from and part.to <= at.from and not part.sign then
            local small = match.has(part, "filler") or match.has(part, "me")
                          or match.has(part, "lead")
                          or words.slice(try.u, part.from, part.to):lower() == "we"
            for id in pairs(part.ids or {}) do
                small = small or also[id]
            end
            if not small then
                return false
            end
        end
    end
    return true
end

-- "Next week" of "for next week", which is a day; or the part.
local function last_word_of(u, part)
    for from = part.from + 1, part.days and part.to - 1 or part.from do
        local reading = u.by_place[from .. "-" .. part.to]
        if reading and reading.ids then
            return reading
        end
    end
    return part
end

-- The heading of a clause, where only small words stand before it, or where it
-- ends a Chinese one; and the slot that it is of.
local function heading_of(try, u, clause, headings, is_first)
    for p = 1, #try.parts do
        local part = try.parts[p]
        if part.from >= clause.from and part.to <= clause.to
           and (is_first or leads(try, clause.from, part)
                or part.to == clause.to and u.class[part.from] == "h") then
            for _, reading in ipairs { part, last_word_of(u, part) } do
                for id in pairs(reading.ids or {}) do
                    if headings[id] then
                        return part, headings[id]
                    end
                end
            end
        end
    end
end

-- Where the words of a clause begin: behind its heading, but a deed (finished)
-- that runs on into the sentence is a word of it.
local function behind_heading(try, u, clause, at)
    if not at or not leads(try, clause.from, at) then
        return clause.from
    end
    local sign = u.class[at.to] == " " and u.class[at.to + 1] or u.class[at.to]
    return match.has(at, "deed") and sign ~= "p" and at.from or at.to
end

-- Fills slots that come after a heading from the free words; those without one
-- go on with the slot before them, or with the first.
local function put_headed(found, try, u)
    local headings, first, whole = {}, nil, nil
    for _, slot in ipairs(try.intent.slots) do
        if slot.after then
            headings[slot.after] = slot
            first = first or slot
        elseif slot.type == "text" then
            whole = slot
        end
    end
    local span = whole and try.text[whole.id]
    if not first or not span then
        return
    end
    local texts, last = {}, nil
    for p = 1, #try.parts do -- a heading that was said before: "add a blocker to …:"
        local part = try.parts[p]
        for id in pairs(part.to <= span.from and part.ids or {}) do
            last = headings[id] and not match.has(part, "now") and headings[id] or last
        end
    end
    for _, clause in ipairs(clauses_of(try, span, headings)) do
        local at, slot = heading_of(try, u, clause, headings, not last)
        slot = slot or last or first
        local a, b = match.trimmed(try, { from = behind_heading(try, u, clause, at),
                                          to = clause.to })
        local text = words.slice(u, a, b)
        if text ~= "" and not leads(try, a, { from = b }) then
            texts[slot.id] = texts[slot.id] and texts[slot.id] .. "；" .. text or text
        end
        last = slot
    end
    found.slots[whole.id] = nil
    for id, text in pairs(texts) do
        found.slots[id] = text
    end
end

-- --- What is told of it

local function explained(try)
    local out = {}
    for p = 1, #try.parts do
        local part = try.parts[p]
        local as = try.used[part]
        if as then
            out[#out + 1] = { text = words.slice(try.u, part.from, part.to), as = as }
        end
    end
    return out
end

local function examples_of(intent, lang)
    for _, example in ipairs(intent.examples) do
        if example.lang == lang then
            return example.text
        end
    end
end

local function missing(found, intent)
    for _, slot in ipairs(intent.slots) do
        if slot.required and found.slots[slot.id] == nil
           and not (found.choose and found.choose[slot.id]) then
            return slot.id
        end
    end
    for _, id in ipairs(intent.needs or {}) do
        if found.slots[id] ~= nil then
            return nil
        end
    end
    return intent.needs and intent.needs[1]
end

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

local function filled(try, context)
    local found = { slots = {}, people = {}, documents = {} }
    for _, slot in ipairs(try.intent.slots) do
        put(found, try, slot, try.u)
    end
    put_headed(found, try, try.u)
    for _, slot in ipairs(next(found.documents) and try.intent.slots or {}) do
        if slot.type == "person" and slot.own and found.slots[slot.id] == context.me.login then
            found.slots[slot.id], found.people[slot.id] = nil, nil -- of mine, and which one
        end
    end
    for _, slot in ipairs(try.intent.slots) do
        for _, other in ipairs(slot.unless or {}) do
            if found.slots[other] ~= nil or found.choose and found.choose[other]
               or match.is_said(try, other) then
                found.slots[slot.id] = nil
            end
        end
    end
    found.intent, found.model, found.does = try.intent.id, try.model, try.intent.does
    found.confidence = math.floor(try.confidence * 100 + 0.5) / 100
    found.explain = explained(try)
    found.said = { label = try.intent.labels[context.lang] or try.intent.id,
                   text = context.text }
    found.missing = missing(found, try.intent)
    return found
end

local function labelled(try, lang)
    local text = examples_of(try.intent, lang)
    return { label = try.intent.labels[lang] or try.intent.id, text = text or "" }
end

-- Several intents are as good: which one?
local function which(tries, n, context)
    local of, choices = {}, {}
    for k = 1, n do
        if tries[k].intent.does ~= "refuse" then
            of[#of + 1] = tries[k].intent.id
            choices[#choices + 1] = labelled(tries[k], context.lang)
        end
    end
    return { status = "back", of = of, choices = choices, slots = {},
             confidence = math.floor(tries[1].confidence * 100) / 100,
             explain = explained(tries[1]) }
end

local function unsure(why)
    return { status = "unsure", why = why, slots = {}, confidence = 0, explain = {} }
end

-- An example of each intent: what one can say.
local function all_examples(context)
    local out = {}
    for m = #context.models, 1, -1 do
        for _, intent in ipairs(context.models[m].intents) do
            local text = examples_of(intent, context.lang)
            if text and intent.does ~= "refuse" then
                out[#out + 1] = { id = intent.id, text = text,
                                  label = intent.labels[context.lang] or intent.id }
            end
        end
    end
    return out
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

-- What a text means that is taken as one sentence.
local function found_in(context, world)
    local tries = match.all(world)
    if not tries[1] or tries[1].confidence < ANSWERS or tries[1].strange then
        words.mended(world.u, world)
        tries = match.all(world)
    end
    local best = tries[1]
    while best and best.intent.does == "refuse"
          and is_only_me(filled(best, context), context) do
        table.remove(tries, 1)
        best = tries[1]
    end
    local act = act_asked_about(world, tries)
    if act then
        return { status = "answer", intent = "help", does = "answer", about = act.intent.id,
                 slots = {}, people = {}, documents = {}, confidence = 1,
                 explain = explained(act) }
    end
    if not best or best.confidence < ASKS then
        local list, of, choices = kin(world), {}, {}
        for n = 1, #list do
            of[n] = list[n].id
            choices[n] = { label = list[n].labels[context.lang] or list[n].id,
                           text = examples_of(list[n], context.lang) or "" }
        end
        if #list == 0 then
            return unsure "unknown"
        end
        return { status = "back", of = of, choices = choices, slots = {}, confidence = 0,
                 explain = {} }
    end
    local found = filled(best, context)
    if best.negated and (found.does ~= "answer" or best.confidence < ANSWERS) then
        return unsure "negated"
    elseif found.does == "refuse" then
        return { status = "refuse", intent = found.intent, slots = {},
                 confidence = found.confidence, explain = found.explain }
    end
    if is_courtesy(best) then
        return unsure "unknown"
    end
    local n = 1
    while tries[n + 1] and n < 3 and tries[n + 1].confidence >= ASKS
          and tries[n + 1].rank >= best.rank - 0.01 do
        n = n + 1
    end
    if n > 1 then
        return which(tries, n, context)
    elseif best.confidence < ANSWERS then
        found.status, found.of = "back", { found.intent }
        found.choices = found.choices or { labelled(best, context.lang) }
    elseif found.choose or found.missing then
        found.status, found.of = "back", { found.intent }
    else
        found.status = found.does
    end
    return found
end

-- The same of a text in which several things may be said.
local function settled(context)
    if context.too_long then
        return unsure "long"
    elseif not context.text:find "%S" then
        return unsure "empty"
    end
    local world = world_of(context)
    local u, kept = world.u, {}
    local whole = found_in(context, world)
    local one, both = clauses.settle(u, whole, function(text)
        if not kept[text] then
            local part = setmetatable({ text = text }, { __index = context })
            local of_part = world_of(part)
            kept[text] = { found_in(part, of_part), of_part.u }
        end
        return table.unpack(kept[text])
    end)
    if both then
        local of, choices = {}, {}
        for n = 1, #both do
            of[n], choices[n] = both[n].intent, both[n].said
        end
        return { status = "back", of = of, choices = choices, slots = {},
                 confidence = both[1].confidence, explain = both[1].explain }
    end
    return one or whole
end

function understand(context)
    local found = settled(context)
    found.examples = all_examples(context)
    return found
end
