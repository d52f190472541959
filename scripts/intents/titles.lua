-- intents/titles - documents that an utterance names by a part of their title,
-- and whatever else in it nobody has taken.
--
-- SPDX-License-Identifier: Apache-2.0
local parts_of = require "intents-parts"
local words = require "intents-words"

local asks, has, is_free = parts_of.asks, parts_of.has, parts_of.is_free
local weight = parts_of.weight

local titles = {}

-- What nothing accounts for, in pieces: letters from, to, and the parts.
local function pieces(try)
    local out, open = {}, nil
    local function is_loose(part)
        return part and not part.sign and not try.used[part]
               and not (is_free(part) or has(part, "me") or asks(part) or has(part, "glue")
                        or has(part, "must") or has(part, "do"))
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

-- Titles folded, and their grams, all at once.
local function read_titles(list)
    local lines, n = {}, 0
    for k = 1, #list do
        lines[k] = list[k].title
    end
    for line in (letters(table.concat(lines, "\n")).folded .. "\n"):gmatch "([^\n]*)\n" do
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
                named = named or not gram:find "^[%d.]+$" or gram:find "^%d%d%d+$" ~= nil and whole ~= gram
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
function titles.own_documents(try, slot)
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

-- Whether the way has this part for a slot of that type.
local function is_slot_of(try, part, type)
    for n = 1, #try.way do
        if try.way[n].type == type and try.way[n].text == try.used[part] then
            return true
        end
    end
    return false
end

-- Whether all these titles have the number of this part: "30 天内到岗".
local function is_of_titles(part, found)
    local number = part.number or part.percent
    for n = 1, number and #found or 0 do
        local pattern = "%f[%d]" .. ("%g"):format(number):gsub("%.", "%%.") .. "%f[%D]"
        if not found[n].title:find(pattern) then
            return false
        end
    end
    return number ~= nil
end

-- The number that a way wants is that of a title: another one that nobody has
-- taken is meant. False: there is none.
local function take_another(try, part, taken, piece)
    local kind = part.number and "number" or "percent"
    local slot
    for n = 1, #try.intent.slots do
        slot = "{" .. try.intent.slots[n].id .. "}" == taken and try.intent.slots[n] or slot
    end
    for p = 1, slot and slot.type == kind and #try.parts or 0 do
        local other = try.parts[p]
        if other[kind] and not try.used[other] and (other.to <= piece.from or other.from >= piece.to) then
            try.used[other] = taken
            try.values[slot.id] = { other[kind] }
            return true
        end
    end
    return false
end

-- The text of a span, its numbers in digits: 三十天 is 30 天.
local function text_of(try, span)
    local out, from = {}, span.from
    for p = 1, #try.parts do
        local part = try.parts[p]
        if part.number and part.from >= from and part.to <= span.to
           and try.u.class[part.from] == "h" then
            out[#out + 1] = words.slice(try.u, from, part.from)
            out[#out + 1] = ("%g"):format(part.number)
            from = part.to
        end
    end
    out[#out + 1] = words.slice(try.u, from, span.to)
    return table.concat(out)
end

function titles.find_document(try, slot)
    local best
    local function look(span, least)
        local text = text_of(try, span)
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
                    if not take_another(try, part, taken, best.piece) then
                        return false
                    end
                else
                    try.values[taken:match "^{(.*)}$"] = nil -- it was the title's
                end
            end
            try.used[part] = "{" .. slot.id .. "}"
            try.required = try.required + weight(try.u, part)
        end
        try.found[slot.id] = best.found
        try.place[slot.id] = best.piece
        for p = 1, #try.parts do
            local part = try.parts[p]
            local said = is_of_titles(part, best.found)
            if said and not try.used[part] then
                try.used[part] = "{" .. slot.id .. "}"
            elseif said and (is_slot_of(try, part, "number") or is_slot_of(try, part, "percent"))
                   and not try.way.in_way.update
                   and not take_another(try, part, try.used[part], best.piece) then
                return false -- it is the goal's number, and nobody said to change it
            end
        end
    end
    return best ~= nil
end

local RESTS = 24 -- letters of what is asked about

function titles.find_rest(try, slot)
    local list, any = pieces(try), false
    local function is_small(part)
        local taken = try.used[part]
        return (is_free(part) or has(part, "glue") or has(part, "me") or has(part, "lead")
                or has(part, "give")) and not (taken and try.way.in_way[taken])
    end
    -- What is asked about stands beside a word that asks for it.
    local function is_beside(piece)
        local function reaches(step)
            local p = step < 0 and 1 or #try.parts
            while try.parts[p] and not (try.parts[p].from < piece.to and try.parts[p].to > piece.from) do
                p = p - step
            end
            p = p + step
            while try.parts[p] and not try.parts[p].sign and is_small(try.parts[p]) do
                p = p + step
            end
            local taken = try.parts[p] and try.used[try.parts[p]]
            return taken ~= nil and try.way.in_way[taken] and not taken:find "^{"
        end
        return try.intent.does == "refuse" or slot.id == "*"
               or piece.to - piece.from <= (piece.unknown and RESTS or 40) and (reaches(-1) or reaches(1))
    end
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
        if (piece.unknown or not any and #try.way > 2 and is_new(piece)) and is_beside(piece)
           and not try.text[slot.id] then
            try.text[slot.id] = { from = piece.from, to = piece.to }
            for _, part in ipairs(piece.parts) do
                try.used[part] = "{" .. slot.id .. "}"
                try.required = try.required + weight(try.u, part)
            end
        end
    end
    return try.text[slot.id] ~= nil
end

return titles
