-- intents/asking - whether an utterance is a question, or an order put politely.
--
-- SPDX-License-Identifier: Apache-2.0
local asking = {}

local ends_asking = { ["吗"] = true, ["么"] = true, ["没"] = true, ["呢"] = true,
                      ["？"] = true, ["?"] = true, ["没有"] = true, ["否"] = true }
local begins_asking = {
    ["do"] = true, does = true, did = true, is = true, are = true, was = true, were = true,
    has = true, have = true, am = true, any = true, anything = true, what = true,
    whats = true, who = true, whos = true, which = true, when = true, where = true,
    how = true, why = true, whose = true,
}
local in_asking = { "有没有", "是不是", "多少", "有几", "谁", "哪", "什么", "有啥", "咋", "怎么",
                    "如何" }
local ordering = { "帮", "麻烦", "请", "能不能", "可不可以", "能否", "可否", "拜托", "could you", "can you", "would you", "please" }

-- 到没到, 是不是, 批没批: a verb, no, the verb again.
local function is_alternative(u, i)
    return (u.c[i] == "没" or u.c[i] == "不") and u.c[i - 1] ~= nil
           and u.c[i - 1] == u.c[i + 1] and u.class[i + 1] == "h"
end

-- Whether it is a question, and no order put politely.
function asking.is_question(u)
    local text = table.concat(u.c)
    for i = 2, #u.c - 1 do
        if is_alternative(u, i) and u.c[i + 1] ~= "能" and u.c[i + 1] ~= "可" then
            return true
        end
    end
    for n = 1, #in_asking do
        if text:find(in_asking[n], 1, true) then
            return true
        end
    end
    for n = 1, #ordering do
        if text:find(ordering[n], 1, true) then
            return false
        end
    end
    local last = #u.c
    while last > 0 and (u.class[last] == " " or u.c[last] == "." or u.c[last] == "。"
                        or u.c[last] == "啊" or u.c[last] == "呀") do
        last = last - 1
    end
    return ends_asking[u.c[last] or ""]
           or u.words[1] and u.words[1].from == 1 and begins_asking[u.words[1].text] or false
end

-- Whether it asks how something is done: "how do I praise somebody".
function asking.is_how_to(u)
    for n = 1, #u.parts do
        local ids = u.parts[n].ids
        if ids and ids["how-to"] then
            return true
        end
    end
    return false
end

return asking
