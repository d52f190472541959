-- intents/parts - what one piece of an utterance is, by itself: how much it
-- weighs, which words it stands for, what of a slot it can be.
--
-- SPDX-License-Identifier: Apache-2.0
local parts = {}

-- Han letters count one, Latin words two.
function parts.weight(u, part)
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

function parts.is_free(part)
    return part.sign or part.ids and part.ids.filler
end

local asking = { "question", "who", "when", "what", "where", "how", "how-many", "why" }

parts.is_asking = {}
for n = 1, #asking do
    parts.is_asking[asking[n]] = true
end

function parts.asks(part)
    for n = 1, #asking do
        if part.ids and part.ids[asking[n]] then
            return true
        end
    end
    return false
end

function parts.has(part, id)
    return part.ids and part.ids[id]
end

-- What of `slot` this part can be.
function parts.value_of(part, slot, me)
    local type = slot.type
    if type == "person" then
        if part.person then
            return part.person
        elseif parts.has(part, "me") and slot.own then
            return { me }
        end
    elseif type == "unit" then
        return part.unit
    elseif type == "period" then
        return slot.ahead and part.days and part.days.ahead or part.days
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
            if parts.has(part, slot.of[n]) then
                list[#list + 1] = slot.of[n]
            end
        end
        return list[1] and list
    end
end

return parts
