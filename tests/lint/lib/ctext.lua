-- lint/lib/ctext - looking at C without being fooled by comments and strings.
--
-- SPDX-License-Identifier: Apache-2.0
local ctext = {}

local function end_of_quoted(text, from, quote)
    local i = from + 1
    while i <= #text do
        local c = text:sub(i, i)
        if c == "\\" then
            i = i + 1
        elseif c == quote or c == "\n" then
            return i
        end
        i = i + 1
    end
    return #text
end

local function piece_at(text, i)
    local two, one = text:sub(i, i + 1), text:sub(i, i)
    if two == "/*" then
        local _, last = text:find("*/", i + 2, true)
        return "comment", last or #text
    elseif two == "//" then
        return "scratch", (text:find("\n", i, true) or #text + 1) - 1
    elseif one == '"' then
        return "string", end_of_quoted(text, i, one)
    elseif one == "'" then
        return "char", end_of_quoted(text, i, one)
    end
    return "code", (text:find("[\"'/]", i + 1) or #text + 1) - 1
end

-- The text with everything but pieces of the given kinds ("code", "string",
-- "char", "comment", and "scratch" for // ones) turned into spaces: places and
-- lines stay where they are.
function ctext.only(text, ...)
    local wanted, pieces, i = {}, {}, 1
    for _, kind in ipairs({ ... }) do
        wanted[kind] = true
    end
    while i <= #text do
        local kind, last = piece_at(text, i)
        local piece = text:sub(i, last)
        pieces[#pieces + 1] = wanted[kind] and piece
                              or piece:gsub("[^\n]", " ")
        i = last + 1
    end
    return table.concat(pieces)
end

local escapes = { n = "\n", t = "\t", r = "\r" }

-- The literals in a piece of C, adjacent ones joined: `"a" "b", "c"` are two.
function ctext.literals(text)
    local found, i, joined = {}, 1, false
    while i <= #text do
        local kind, last = piece_at(text, i)
        local piece = text:sub(i, last)
        if kind == "string" then
            local value = piece:sub(2, -2):gsub("\\(.)", function(c)
                return escapes[c] or c
            end)
            local n = joined and #found or #found + 1
            found[n] = (found[n] or "") .. value
            joined = true
        elseif kind == "char" or kind == "code" and piece:find("%S") then
            joined = false
        end
        i = last + 1
    end
    return found
end

-- Goes through the lines: number, text.
function ctext.lines(text)
    local n, rest = 0, text:gmatch("([^\n]*)\n?")
    return function()
        local line = rest()
        n = n + 1
        if line and (line ~= "" or n <= select(2, text:gsub("\n", ""))) then
            return n, line
        end
    end
end

function ctext.line_of(text, place)
    local _, n = text:sub(1, place - 1):gsub("\n", "")
    return n + 1
end

-- The text between the parenthesis at `open` and its partner, cut at the
-- commas between; and where the partner stands. Strings may be in `text`, but
-- parentheses are counted in `code`, which has none.
function ctext.arguments(text, code, open)
    local depth, from, found = 0, open + 1, {}
    for i = open, #code do
        local c = code:sub(i, i)
        if c:find("[%(%[{]") then
            depth = depth + 1
        elseif c:find("[%)%]}]") then
            depth = depth - 1
        end
        if depth == 0 or (depth == 1 and c == ",") then
            found[#found + 1] = text:sub(from, i - 1)
            from = i + 1
        end
        if depth == 0 then
            return found, i
        end
    end
    return found, #code
end

return ctext
