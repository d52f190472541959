-- assistant/judge - whether an answer of the assistant is what a line of the
-- utterances says is right (README.md). Gives judge(line, body): "right",
-- "asked" back where an answer was right, "unsure", or "wrong".
--
-- SPDX-License-Identifier: Apache-2.0
local function trimmed(text)
    return type(text) == "string"
           and (text:gsub("^[%s%p]+", ""):gsub("[%s%p]+$", ""):gsub("^，", ""):gsub("。$", ""))
           or text
end

local function same(a, b)
    if type(a) == "table" and type(b) == "table" then
        for k, v in pairs(a) do
            if not same(v, b[k]) then
                return false
            end
        end
        for k in pairs(b) do
            if a[k] == nil then
                return false
            end
        end
        return true
    end
    return trimmed(a) == trimmed(b)
end

local function length(text)
    return utf8.len(text) or #text
end

local loose = { done = true, next = true, blocked = true }

local function same_slot(name, wanted, got)
    if loose[name] and type(got) == "string" then
        return got:find(wanted, 1, true) ~= nil and length(got) - length(wanted) <= 10
    end
    return same(wanted, got)
end

-- What may stand there although the line does not name it.
local defaults = {
    ["team-lights"] = { lights = { "red", "yellow" } },
    ["team-reports-missing"] = { period = { from = "2026-11-23", to = "2026-11-29" } },
}

local function slots_right(line, body)
    local got = body.slots or {}
    for name, wanted in pairs(line.slots) do
        if not same_slot(name, wanted, got[name]) then
            return false
        end
    end
    for name, value in pairs(got) do
        local default = (defaults[body.intent] or {})[name]
        if line.slots[name] == nil and not (default and same(default, value))
           and not (name == "person" and value == line.as and body.intent == "my-manager") then
            return false
        end
    end
    return true
end

local function set_of(list)
    local set = {}
    for _, value in ipairs(list or {}) do
        set[value] = true
    end
    return set
end

local function back_right(line, body)
    if body.status ~= "back" then
        return false
    end
    for _, intent in ipairs(body.of or {}) do
        if not set_of(line.of)[intent] then
            return false
        end
    end
    for name, values in pairs(line.choose or {}) do
        if not same(set_of(values), set_of((body.choose or {})[name])) then
            return false
        end
    end
    return #(body.of or {}) > 0
end

return function(line, body)
    local told = body.status == "answer" or body.status == "act"
    if line.intent == "refuse" or line.intent == "unsure" then
        local right = body.status == "refuse" or body.status == "unsure"
        return right and "right" or told and "wrong" or "asked"
    elseif line.intent == "ask-back" then
        return back_right(line, body) and "right" or told and "wrong"
               or body.status == "back" and "asked" or "unsure"
    elseif not told then
        return body.status == "back" and "asked" or "unsure"
    end
    local meant = set_of(line["or"])
    meant[line.intent] = true
    if not meant[body.intent] then
        return "wrong"
    elseif body.intent ~= line.intent then
        return "right"
    end
    return slots_right(line, body) and "right" or "wrong"
end

