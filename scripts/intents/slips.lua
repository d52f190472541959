-- intents/slips - slips of fingers and ears: words that are near to known ones,
-- or sound like them. They are forgiven, at a price.
--
-- SPDX-License-Identifier: Apache-2.0
local spelled = require "intents-spelled"
local utterance = require "intents-utterance"

local add = utterance.add

local slips = {}

-- The number of letters to change, leave out, add or swap; 3 for more than 2.
function slips.distance(a, b)
    if math.abs(#a - #b) > 2 then
        return 3
    end
    local before, above, row = nil, {}, nil
    for j = 0, #b do
        above[j] = j
    end
    for i = 1, #a do
        row = { [0] = i }
        local least = i
        for j = 1, #b do
            local same = a:byte(i) == b:byte(j)
            local cost = math.min(above[j] + 1, row[j - 1] + 1,
                                  above[j - 1] + (same and 0 or 1))
            if before and i > 1 and j > 1 and a:byte(i) == b:byte(j - 1)
               and a:byte(i - 1) == b:byte(j) then
                cost = math.min(cost, before[j - 2] + 1)
            end
            row[j] = cost
            least = math.min(least, cost)
        end
        if least > 2 then
            return 3
        end
        before, above = above, row
    end
    return math.min(above[#b], 3)
end

-- --- Slips of fingers

local WORDS = 40  -- of which slips are looked for
local AROUND = 64 -- letters beside a word that a phrase with it may reach

-- The letters around a word, of which the first and the last are no half words.
local function around(u, word)
    local from, to = math.max(1, word.from - AROUND), math.min(#u.c, word.to + AROUND)
    while from > 1 and u.class[from] == "a" and u.class[from - 1] == "a" do
        from = from - 1
    end
    while to < #u.c and u.class[to] == "a" and u.class[to + 1] == "a" do
        to = to + 1
    end
    return from, to
end

-- What no slip is taken for: it would speak against all else.
local grave = { ["not-do"] = true, trick = true, destroy = true, private = true }

-- The same with `known` in the place of a word.
local function add_slip(u, word, known)
    local first, last = around(u, word)
    local text = table.concat(u.c, "", first, word.from - 1) .. known
                 .. table.concat(u.c, "", word.to, last)
    local more = #known - (word.to - word.from)
    for _, row in ipairs(phrases(text)) do
        local from, behind = row[1] + first, row[2] + first - more
        if from <= word.from and behind >= word.to then
            local ids = {}
            for k = 3, #row do
                ids[row[k]] = not grave[row[k]] or nil
            end
            add(u, { from = from, to = behind, ids = ids, quality = 0.9 })
        end
    end
end

-- Latin words that nobody knows take the place of the known words that are near:
-- the utterance is read again with each.
function slips.add_near(u)
    for n = 1, math.min(#u.words, WORDS) do
        local word = u.words[n]
        if not word.person and #word.text >= 4 and word.text:find "^%a+$" then
            for _, known in ipairs(near(word.text)) do
                add_slip(u, word, known)
                word.known = true
            end
        end
    end
end

-- --- Slips of ears

-- Words of the engine that are too small to be known by their sound alone.
local mute = { filler = true, ["how-many"] = true, what = true, glue = true, ["how-to"] = true,
               ["all-in"] = true }

local measures = {}
for _, code in utf8.codes "天日周月年个次份家人位条项台件" do
    measures[utf8.char(code)] = true
end

-- Han letters that sound like a known phrase of two or more, and Latin words
-- that spell one: 鸡分, "daiban".
function slips.add_sounds(u)
    local sounds, places = {}, {}
    local function hear(sound, from, to, quality)
        local there = u.by_place[from .. "-" .. to]
        if there and there.ids and there.ids.filler and there.quality == 1 then
            return -- 那个 is what it is, and no 拿个
        end
        sounds[#sounds + 1] = sound
        places[#sounds] = { from = from, to = to, quality = quality }
    end
    for n = 1, #u.words do
        local word = u.words[n]
        if #word.text >= (#u.words == 1 and 4 or 5) and #u.words <= 4 then
            hear(word.text, word.from, word.to, 0.95)
        end
    end
    for n = 1, #u.words do
        local word = u.words[n]
        local is_spelled = #u.words <= 4 and not word.known and not word.person
                           and #word.text >= 7 and #word.text <= 24 and word.text:find "^%a+$"
        for i = 1, is_spelled and #word.text - 3 or 0 do -- "wodedaiban": 我的, 待办
            for j = i + 3, math.min(#word.text, i + 17) do
                if i > 1 or j < #word.text then
                    hear(word.text:sub(i, j), word.from + i - 1, word.from + j, 0.85)
                end
            end
        end
    end
    for n = 1, #u.words - 1 do -- "wo de jifen"
        local text = u.words[n].text
        for k = n + 1, math.min(#u.words, n + 4) do
            local last = u.words[k]
            if last.known or u.words[k - 1].known or last.person or u.words[k - 1].person
               or last.from - u.words[k - 1].to ~= 1 then
                break
            end
            text = text .. last.text
            hear(text, u.words[n].from, last.to, 0.85)
        end
    end
    for i = 1, #u.c - 1 do
        local sound, j = nil, i
        local counted = measures[u.c[i]] and (spelled.number(u.c, i - 1)) -- 三十天 | 到岗
        while u.class[j] == "h" and j < i + 5 and not counted do
            sound = (sound and sound .. " " or "") .. u.sound[j]
            j = j + 1
            if j > i + 1 then
                hear(sound, i, j, 0.85)
            end
        end
    end
    for _, row in ipairs(#sounds > 0 and heard(sounds) or {}) do
        local place, ids, small = places[row[1]], {}, false
        for k = 2, #row do
            ids[row[k]] = true
            small = small or mute[row[k]]
        end
        if not small then
            add(u, { from = place.from, to = place.to, ids = ids, quality = place.quality })
        end
    end
end

return slips
