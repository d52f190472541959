-- intents/slots - the slots of an intent in their normal form: logins, titles,
-- days, free words; and what names several people or documents, to be chosen
-- from.
--
-- SPDX-License-Identifier: Apache-2.0
local match = require "intents-match"
local tails = require "intents-tails"
local words = require "intents-words"

local slots = {}

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

local commands = { [":"] = true, ["："] = true, [","] = true, ["，"] = true }

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

-- Free words behind a command that stands before them: "give him a hand: …"
local function behind_command(try, span)
    local said = false
    for p = 1, #try.parts do
        local part = try.parts[p]
        if part.from >= span.from and part.to <= span.to then
            local known = part.ids and (part.ids.filler or part.ids.me or part.ids.lead)
            if part.sign then
                return said and commands[part.sign] and { from = part.to, to = span.to } or span
            end
            for id in pairs(part.ids or {}) do
                said = said or try.intent.said[id]
                known = known or try.intent.knows[id]
            end
            if not known then
                return span
            end
        end
    end
    return span
end

-- Whether these are words of the command again: "…, send a feedback request".
local function is_command(try, from, to)
    local any = false
    for p = 1, #try.parts do
        local part = try.parts[p]
        if part.from >= from and part.to <= to and not part.sign then
            local known = match.has(part, "filler") or match.has(part, "me")
            for id in pairs(part.ids or {}) do
                known, any = known or try.intent.said[id], any or try.intent.said[id]
            end
            if not known then
                return false
            end
        end
    end
    return any
end

local function put_text(found, try, slot, u)
    local span = try.text[slot.id]
    if span then
        span = behind_heading(try, slot, span)
        span = slot.type == "text" and behind_command(try, span) or span
        local from, to = match.trimmed(try, span)
        local text = words.slice(u, from, to)
        if text ~= "" and not (slot.type == "text" and is_command(try, from, to)) then
            found.slots[slot.id] = text
        end
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
        local narrow = values[1] -- 今年上半年: of two, the one that is part of the other
        for n = 2, #values do
            if values[n].from >= narrow.from and values[n].to <= narrow.to then
                narrow = values[n]
            end
        end
        found.slots[slot.id] = { from = narrow.from, to = narrow.to }
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
        local there, list, least = {}, {}, #slot.of
        for n = 1, #values do -- "the yellow ones that are at risk" are the yellow ones
            least = math.min(least, #values[n])
        end
        for n = 1, #values do
            for _, id in ipairs(#values[n] == least and values[n] or {}) do
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

-- Whether a heading stands behind "and" or a dash: "… and next I call them". A
-- deed there goes on with what was done.
local function is_joined(try, p)
    local before = try.parts[p - 1]
    return before ~= nil and (match.has(before, "as-well") or before.sign == "-")
           and try.u.class[before.from - 1] == " " and not match.has(try.parts[p], "deed")
end

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
                        or part.strong or is_joined(try, p)) then
                close(is_joined(try, p) and try.parts[p - 1].from or part.from)
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

-- The slot of a last clause that is a heading and nothing else: it is that of
-- the clause before, "没有教室，卡着".
local function closing_of(try, u, clause, headings)
    local at, slot = heading_of(try, u, clause, headings, false)
    return at and at.to == clause.to and leads(try, clause.from, at) and slot or nil
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
        local word = part.to <= span.from and last_word_of(u, part)
        for id in pairs(word and word.ids or {}) do
            last = headings[id] and not match.has(part, "now") and headings[id] or last
        end
    end
    local clauses = clauses_of(try, span, headings)
    for n, clause in ipairs(clauses) do
        local at, slot = heading_of(try, u, clause, headings, not last)
        local following = clauses[n + 1]
        if not slot and following and n + 2 > #clauses then
            slot = closing_of(try, u, following, headings)
        end
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

-- --- All of them

-- The first slot that is needed and not there.
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

-- The slots of `try` in their normal form, and the people and documents behind
-- them.
function slots.filled(try, context)
    local found = { slots = {}, people = {}, documents = {} }
    for _, slot in ipairs(try.intent.slots) do
        put(found, try, slot, try.u)
    end
    put_headed(found, try, try.u)
    tails.put(found, try)
    for _, slot in ipairs(next(found.documents) and try.intent.slots or {}) do
        if slot.type == "person" and slot.own then -- of whom, and which one: it is that one
            found.slots[slot.id], found.people[slot.id] = nil, nil
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
    found.missing = missing(found, try.intent)
    return found
end

return slots
