-- intents/figures - numbers, shares of a hundred and tags in an utterance.
--
-- SPDX-License-Identifier: Apache-2.0
local spelled = require "intents-spelled"
local utterance = require "intents-utterance"

local add, slice = utterance.add, utterance.slice

local figures = {}

-- --- Numbers

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
    local i = 1
    while i <= #u.c do
        local n, j = spelled.number(u.c, i)
        local of_word = u.class[i - 1] == "a" and u.class[i] == "a"
        local counts = u.c[i] == "一" and j == i + 1 and u.class[j] == "h" -- 一次, 一位
        if n and not of_word and not counts then
            local k = spelled.skip(u.c, j)
            local p = (u.c[k] == "%" or u.c[k] == "％") and k + 1
                      or spelled.at(u.c, k, "percent") or spelled.at(u.c, k, "per cent")
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
