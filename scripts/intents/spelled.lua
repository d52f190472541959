-- intents/spelled - numbers and phrases that stand at a letter of an utterance.
-- `c` are its letters, folded; a place is given with the letter behind it.
--
-- SPDX-License-Identifier: Apache-2.0
local spelled = {}

local digits = { ["零"] = 0, ["〇"] = 0, ["一"] = 1, ["二"] = 2, ["两"] = 2,
                 ["三"] = 3, ["四"] = 4, ["五"] = 5, ["六"] = 6, ["七"] = 7,
                 ["八"] = 8, ["九"] = 9 }
local tens = { ["十"] = 10, ["百"] = 100, ["千"] = 1000 }

local LONGEST = 15 -- letters of a number

-- A number at i, in digits or Chinese: its value and the letter behind it.
function spelled.number(c, i)
    local text, at = "", i
    while c[at] and at < i + LONGEST and (c[at]:find "^%d$" or c[at] == "." and (c[at + 1] or ""):find "^%d$"
                     and text ~= "") do
        text, at = text .. c[at], at + 1
    end
    if text ~= "" then
        return tonumber(text), at
    end
    local total, one, seen, last = 0, nil, false, 1
    while c[at] and at < i + LONGEST and (digits[c[at]] or tens[c[at]]) do
        if digits[c[at]] then
            last = one and 1 or digits[c[at]] == 0 and 1 or last -- 九百零二, 一二三
            one = (one and one * 10 or 0) + digits[c[at]]
        else
            last = tens[c[at]]
            total, one = total + (one or 1) * last, nil
        end
        seen, at = true, at + 1
    end
    if seen then
        return total + (one or 0) * (last > 10 and last // 10 or 1), at -- 九百二 is 920
    end
end

local function skip(c, i)
    while c[i] == " " do
        i = i + 1
    end
    return i
end

local function is_word(ch)
    return ch ~= nil and ch:find "^[%w]$" ~= nil
end

-- The letter behind `text` if it stands at i; of Latin words the whole word.
local function at(c, i, text)
    local j = i
    for _, code in utf8.codes(text) do
        local ch = utf8.char(code)
        if ch == " " then
            if c[j] ~= " " and c[j] ~= "-" then
                return nil
            end
            j = skip(c, j)
            if c[j] == "-" then
                j = j + 1
            end
        elseif c[j] == ch then
            j = j + 1
        else
            return nil
        end
    end
    if is_word(c[j - 1]) and is_word(c[j]) then
        return nil
    end
    return j
end

-- The phrases of a list by their first letters, made when it is first asked.
local by_first = {}

local function indexed(list)
    local index = {}
    for k = 1, #list do
        local first = list[k][1]:match "^[%z\1-\127\194-\244][\128-\191]*"
        local same = index[first]
        if same then
            same[#same + 1] = list[k]
        else
            index[first] = { list[k] }
        end
    end
    by_first[list] = index
    return index
end

local function any(c, i, list)
    local same = (by_first[list] or indexed(list))[c[i]]
    local best, value
    for k = 1, same and #same or 0 do
        local j = at(c, i, same[k][1])
        if j and (not best or j > best) then
            best, value = j, same[k][2]
        end
    end
    return best, value
end

spelled.digits, spelled.tens, spelled.by_first, spelled.indexed = digits, tens, by_first, indexed
spelled.skip, spelled.at, spelled.any, spelled.is_word = skip, at, any, is_word

return spelled
