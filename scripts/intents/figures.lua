-- intents/figures - numbers, shares of a hundred and tags in an utterance.
--
-- SPDX-License-Identifier: Apache-2.0
local spelled = require "intents-spelled"
local utterance = require "intents-utterance"

local add, slice = utterance.add, utterance.slice

local figures = {}

-- --- Numbers

local small = { two = 2, three = 3, four = 4, five = 5, six = 6, seven = 7, eight = 8, nine = 9,
                ten = 10, eleven = 11, twelve = 12, thirteen = 13, fourteen = 14, fifteen = 15,
                sixteen = 16, seventeen = 17, eighteen = 18, nineteen = 19 }
local tens = { twenty = 20, thirty = 30, forty = 40, fifty = 50, sixty = 60, seventy = 70,
               eighty = 80, ninety = 90 }

-- "sixty five", "fourteen", "a hundred" from a Latin word on: its value, and the
-- letter behind it.
local function number_in_words(u, k)
    local word, after = u.words[k], u.words[k + 1]
    local next_to = after and after.from == word.to + 1
                    and (u.c[word.to] == " " or u.c[word.to] == "-")
    if tens[word.text] and next_to and (small[after.text] or 10) < 10 then
        return tens[word.text] + small[after.text], after.to
    elseif tens[word.text] and next_to and after.text == "one" then
        return tens[word.text] + 1, after.to
    elseif (word.text == "a" or word.text == "one") and next_to and after.text == "hundred" then
        return 100, after.to
    end
    return tens[word.text] or small[word.text], word.to
end

local hundredths = { "%", "％", "percent", "per cent", "percentage points", "pct", "个百分点",
                     "百分点" }

-- The letter behind what makes a share of a number that ends before i.
local function share_end(u, i)
    local k = spelled.skip(u.c, i)
    for n = 1, #hundredths do
        local sign = hundredths[n]
        local to = #sign <= 3 and u.c[k] == sign and k + 1 or spelled.at(u.c, k, sign)
        if to then
            return to
        end
    end
end

local function add_words(u)
    for k = 1, #u.words do
        local n, to = number_in_words(u, k)
        local behind = n and share_end(u, to)
        if n then
            add(u, { from = u.words[k].from, to = behind or to, quality = 1,
                     percent = behind and n or nil, number = not behind and n or nil })
        end
    end
end

-- 三分之二: how much of a hundred, and the letter behind it.
local function share(u, i)
    local whole, j = spelled.number(u.c, i)
    if not whole and u.c[i] == "百" then
        whole, j = 100, i + 1
    end
    if not whole or whole < 2 or u.c[j] ~= "分" or u.c[j + 1] ~= "之" then
        return nil
    end
    local part, k = spelled.number(u.c, j + 2)
    return part and part <= whole and math.floor(part * 100 / whole + 0.5) or nil, k
end

-- "two thirds", "three quarters of"
local said_shares = { ["two thirds"] = 67, ["two third"] = 67, ["a third"] = 33, ["one third"] = 33,
                      ["three quarters"] = 75, ["three quarter"] = 75, ["a quarter"] = 25,
                      ["one quarter"] = 25, ["four fifths"] = 80, ["three fifths"] = 60,
                      ["half"] = 50, ["half way"] = 50, ["halfway"] = 50, ["一半"] = 50 }

function figures.add_numbers(u)
    add_words(u)
    local i = 1
    while i <= #u.c do
        local n, j = spelled.number(u.c, i)
        local of_word = u.class[i - 1] == "a" and u.class[i] == "a"
        local counts = u.c[i] == "一" and j == i + 1 and u.class[j] == "h" -- 一次, 一位
        if n and not of_word and not counts then
            local p = share_end(u, j)
            if u.c[j] == "成" and n <= 10 and u.c[j + 1] ~= "交" then
                local more, behind = spelled.number(u.c, j + 1)
                more = more and more < 10 and more or nil -- 六成五
                if u.c[j + 1] == "半" then
                    more, behind = 5, j + 2 -- 七成半
                end
                add(u, { from = i, to = more and behind or j + 1, percent = n * 10 + (more or 0),
                         quality = 1 })
            elseif p then
                add(u, { from = i, to = p, percent = n, quality = 1 })
            elseif u.class[j] ~= "a" or u.c[j] == " " then
                add(u, { from = i, to = j, number = n, quality = 1 })
            end
        end
        local percent, behind = share(u, i)
        if percent then
            add(u, { from = i, to = behind, percent = percent, quality = 1 })
        end
        for text, of_hundred in pairs(said_shares) do
            local to = text:byte() == u.c[i]:byte() and spelled.at(u.c, i, text)
            if to and not (u.class[i] == "a" and u.class[i - 1] == "a") then
                add(u, { from = i, to = to, percent = of_hundred, quality = 1 })
            end
        end
        i = n and j > i and j or i + 1
    end
end

-- --- Tags

local tag_words = { "标签", "tags", "tagged", "tag" }
local between_tags = { ["、"] = true, ["，"] = true, [","] = true }

-- The tag that begins at i: up to the next space or sign.
local function tag_end(u, i)
    while u.c[i] and u.class[i] ~= " " and u.class[i] ~= "p" or u.c[i] == "-" do
        i = i + 1
    end
    return i
end

local function blank_end(u, i)
    while u.c[i] == " " or u.c[i] == ":" or u.c[i] == "：" do
        i = i + 1
    end
    return i
end

-- #responsive; 标签 负责、协作; "tags: fair, fast"
function figures.add_tags(u)
    local i = 1
    while i <= #u.c do
        local from, listed = u.c[i] == "#" and i + 1, false
        for n = 1, (from or u.class[i - 1] == "a") and 0 or #tag_words do
            from = from or spelled.at(u.c, i, tag_words[n])
            listed = from ~= nil
        end
        local at, to, list = from and blank_end(u, from), nil, {}
        while at and tag_end(u, at) > at do
            to = tag_end(u, at)
            list[#list + 1] = slice(u, at, to)
            local sign = blank_end(u, to)
            at = listed and between_tags[u.c[sign]] and blank_end(u, sign + 1) or nil
        end
        if to then
            add(u, { from = i, to = to, tags = list, quality = 1 })
        end
        i = to or i + 1
    end
end

return figures
