-- intents/utterance - an utterance as letters and Latin words, and what has been
-- read in it.
--
-- A reading is { from, to, ids = {WORD = true}, person =, unit =, days =,
-- number =, percent =, tags =, quality } over the letters from, to - 1.
--
-- SPDX-License-Identifier: Apache-2.0
local utterance = {}

-- --- Letters

local function class_of(ch)
    local code = utf8.codepoint(ch)
    if code < 0x80 then
        return ch:find "^[%w]$" and "a" or ch:find "^%s$" and " " or "p"
    elseif code >= 0x3400 and code <= 0x9fff or code >= 0x20000 and code <= 0x3ffff then
        return "h"
    elseif code >= 0x2000 and code <= 0x303f or code >= 0xff00 and code <= 0xffef then
        return "p"
    end
    return code >= 0xc0 and code < 0x2000 and "a" or "p"
end

-- The utterance in letters: c, their class, and its Latin words.
function utterance.read(text)
    local u = { text = text, c = {}, class = {}, words = {}, word_at = {} }
    local l = letters(text)
    u.at = l.from
    for _, code in utf8.codes(l.folded) do
        local ch = utf8.char(code)
        ch = (ch == "’" or ch == "‘") and "'" or ch
        u.c[#u.c + 1] = ch
        u.class[#u.c] = class_of(ch)
    end
    local i = 1
    while i <= #u.c do
        local j = i
        while u.class[j] == "a" do
            j = j + 1
        end
        if j > i then
            u.words[#u.words + 1] = { from = i, to = j,
                                      text = table.concat(u.c, "", i, j - 1) }
            u.word_at[i] = u.words[#u.words]
        end
        i = j > i and j or i + 1
    end
    return u
end

-- The text as it was written, of letters from to to - 1.
function utterance.slice(u, from, to)
    if to <= from then
        return ""
    end
    local first, last = u.at[from], u.at[to]
    return u.text:sub(first + 1, last)
end

-- --- Readings

-- One more; what is read of the same letters belongs together.
function utterance.add(u, reading)
    local key = reading.from .. "-" .. reading.to
    local there = u.by_place[key]
    if not there then
        u.by_place[key] = reading
        u.starts[reading.from] = u.starts[reading.from] or {}
        table.insert(u.starts[reading.from], reading)
        return
    end
    for id in pairs(reading.ids or {}) do
        there.ids = there.ids or {}
        there.ids[id] = true
    end
    for _, kind in ipairs { "person", "unit", "days", "number", "percent", "tags" } do
        there[kind] = there[kind] or reading[kind]
    end
    there.quality = math.max(there.quality, reading.quality)
end

return utterance
