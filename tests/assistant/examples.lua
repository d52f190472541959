-- assistant/examples - the open utterances as sentences that teach (<said>):
-- without their names, sorted by what they mean.
--
-- SPDX-License-Identifier: Apache-2.0
local json = require "cjson"

local examples = {}

local LONGEST = 40 -- letters of a sentence that are kept
local NEW = 0.3    -- of what it has must be new to its kind

-- The files that teach, in order, and what each is cut into, which its author
-- wrote at one time.
examples.files = { "tune", "more", "wide", "fresh", "second", "third" }
local in_batches = { fresh = 100, second = 100, third = 100 }

-- All lines of the open files, each with its batch; and the names of these.
function examples.lines()
    local lines, batches, there = {}, {}, {}
    for _, name in ipairs(examples.files) do
        for text in io.lines("tests/assistant/utterances." .. name .. ".jsonl") do
            local line = json.decode(text)
            local size = in_batches[name]
            line.batch = name .. (size and (tonumber(line.id:match "(%d+)$") - 1) // size + 1 or "")
            if not there[line.batch] then
                there[line.batch] = true
                batches[#batches + 1] = line.batch
            end
            lines[#lines + 1] = line
        end
    end
    return lines, batches
end

-- The attributes of <said> for what a line means.
local function meant(line)
    if line.intent == "ask-back" then
        return ('of="%s"'):format(table.concat(line.of, " "))
    elseif line.intent == "refuse" then
        return ('of="%s"'):format(line.refused or "refuse-others")
    elseif line.intent == "unsure" then
        return 'of="chatter"'
    elseif line.slots.only then
        return ('of="%s" set="only=%s"'):format(line.intent, line.slots.only)
    end
    return ('of="%s"'):format(line.intent)
end

local function cut(text)
    text = text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
    local last = utf8.offset(text, LONGEST + 1)
    text = last and text:sub(1, last - 1) or text
    return (text:gsub("{%a*$", ""))
end

-- The letters and words of a text, and the pairs of them.
local function features(text)
    local out, before, i = {}, "^", 1
    while i <= #text do
        local token = text:match("^{%a+}", i) or text:match("^[%w']+", i)
                      or text:match("^[%z\1-\127\194-\244][\128-\191]*", i)
        i = i + #token
        if token ~= " " then
            out[#out + 1] = token
            out[#out + 1] = before .. " " .. token
            before = token
        end
    end
    return out
end

-- Whether the text says to its kind what two others have not said: what all have
-- said teaches nothing.
local function is_news(known, text)
    local list, new = features(text), 0
    for _, feature in ipairs(list) do
        new = new + ((known[feature] or 0) < 2 and 1 or 0)
    end
    if new < NEW * #list then
        return false
    end
    for _, feature in ipairs(list) do
        known[feature] = (known[feature] or 0) + 1
    end
    return true
end

local escapes = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;" }

-- The file of the package. `lines` have `masked`, the text without names as the
-- assistant has read it.
function examples.write(path, lines)
    local sorted, known, order, there, n = {}, {}, {}, {}, 0
    for _, line in ipairs(lines) do
        local kind, text = meant(line), cut(line.masked or "")
        if not line["repeat"] and text:find "[%w\x80-\xff]" and not there[kind .. text] then
            there[kind .. text] = true
            if not sorted[kind] then
                sorted[kind], known[kind] = {}, {}
                order[#order + 1] = kind
            end
            if is_news(known[kind], text) then
                table.insert(sorted[kind], (text:gsub("[&<>]", escapes)))
                n = n + 1
            end
        end
    end
    table.sort(order)
    local file = assert(io.open(path, "wb"))
    file:write [[
<?xml version="1.0" encoding="UTF-8"?>
<!-- What people have said to the assistant, by what they meant: it learns from
     this. Made of tests/assistant/utterances.*.jsonl by tests/assistant/cross. -->
<intents xmlns="urn:weft:1" id="performance-said" label="说过的话">
  <t xml:lang="en" label="What was said"/>
]]
    for _, kind in ipairs(order) do
        file:write("  <said ", kind, ">\n", table.concat(sorted[kind], "\n"), "\n  </said>\n")
    end
    file:write "</intents>\n"
    file:close()
    return n
end

return examples
