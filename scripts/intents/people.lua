-- intents/people - whom an utterance names: by name, login, pinyin, initials,
-- a homophone or a family name alone. It finds candidates; more than one of
-- them is a question back.
--
-- SPDX-License-Identifier: Apache-2.0
local people = {}

-- Family names that begin a name of two or three characters.
local surnames = {}
for _, code in utf8.codes("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳段焦谷车侯全班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴郁胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利师巩聂关肖") do
    surnames[utf8.char(code)] = true
end

local function list(params)
    params.limit = "50"
    local page = ask("people", nil, params)
    return page and page.items or {}
end

-- The sound of each of these texts.
local function sounds(texts)
    if #texts == 0 then
        return {}
    end
    return pinyin(table.concat(texts, "\n"))
end

local function keep(found, i, j, who, quality)
    found[#found + 1] = { from = i, to = j, people = who, quality = quality }
    return true
end

local function names_of(items)
    local names = {}
    for n = 1, #items do
        names[n] = items[n].name
    end
    return names
end

local function letters_of(name)
    local out = {}
    for _, code in utf8.codes(name) do
        out[#out + 1] = utf8.char(code)
    end
    return out
end

local called = { ["总"] = 1, ["工"] = 1, ["姐"] = 1, ["哥"] = 1, ["董"] = 1, ["老"] = 1, ["导"] = 1,
                 ["班长"] = 2, ["部长"] = 2, ["会计"] = 2, ["助理"] = 2, ["先生"] = 2,
                 ["女士"] = 2, ["小姐"] = 2, ["同学"] = 2, ["老板"] = 2, ["领导"] = 2,
                 ["大哥"] = 2, ["大姐"] = 2, ["科长"] = 2, ["厂长"] = 2, ["经理"] = 2,
                 ["主任"] = 2, ["组长"] = 2, ["总监"] = 2, ["老师"] = 2,
                 ["师傅"] = 2 }

-- 张伟, 章伟: who sounds like this at letter i. Whoever has a name of two letters
-- and is found by two sounds sounds like them.
local function by_sound(u, i, found)
    local c = u.c
    local items = list { q = u.sound[i] .. " " .. u.sound[i + 1] }
    local exact, alike, length = {}, {}, 0
    for n = 1, #items do
        local size = utf8.len(items[n].name)
        local said = table.concat(c, "", i, math.min(i + size - 1, #c))
        if said == items[n].name then
            if size > length then
                exact, length = {}, size
            end
            if size == length then
                exact[#exact + 1] = items[n]
            end
        elseif size == 2 and #items[n].name == 6
               or size == 3 and i + 2 <= #c and #items[n].name == 9
                  and sounds { items[n].name }[1]
                      == u.sound[i] .. " " .. u.sound[i + 1] .. " " .. (u.sound[i + 2] or "") then
            alike[#alike + 1] = items[n]
        end
    end
    if #exact > 0 then
        local behind = i + length -- with what they are called: 林海师傅
        behind = behind + (called[(c[behind] or "") .. (c[behind + 1] or "")] or 0)
        keep(found, i, behind, exact, 1)
    elseif #alike > 0 then
        keep(found, i, i + utf8.len(alike[1].name), alike, 0.9)
    end
end

-- 刘jun: a family name, the rest of it spelled.
local function by_half(u, word, found)
    local i = word.from - 1
    if not surnames[u.c[i] or ""] or not word.text:find "^%a+$" then
        return false
    end
    local items, same = list { q = u.c[i] }, {}
    local heard = sounds(names_of(items))
    for n = 1, #items do
        local family, given = (heard[n] or ""):match "^(%S+) (.*)$"
        if family == u.sound[i] and given:gsub(" ", "") == word.text then
            same[#same + 1] = items[n]
        end
    end
    return #same > 0 and keep(found, i, word.to, same, 0.9)
end

-- 小刘, 老刘, 刘总, 刘主任
local function by_family(u, i, found)
    local c = u.c
    local at = (c[i] == "小" or c[i] == "老" or c[i] == "阿") and i + 1 or i
    if not surnames[c[at] or ""] then
        return
    end
    local short, long = called[c[at + 1] or ""], called[(c[at + 1] or "") .. (c[at + 2] or "")]
    local alone = at == i and u.class[i - 1] ~= "h" and u.class[i + 1] ~= "h"
                  or at == i and i == #c and u.class[i] == "h"
    if at == i and not short and not long and not alone then
        return
    end
    local behind = at + 1 + (at == i and (long or short) or 0)
    local items, same, titled = list { q = c[at] }, {}, {}
    local title = at == i and table.concat(c, "", at + 1, behind - 1) or nil
    for n = 1, #items do
        if letters_of(items[n].name)[1] == c[at] then
            same[#same + 1] = items[n]
            if title and items[n].title and items[n].title:find(title, 1, true) then
                titled[#titled + 1] = items[n]
            end
        end
    end
    if #titled > 0 then
        same = titled
    end
    if #same > 0 then
        keep(found, i, behind, same, alone and not short and not long and 0.7 or 0.95)
    end
end

-- Those of one family, by its one letter at i: the caller knows that it is no
-- part of a word.
function people.of_family(u, i)
    local same, found = {}, {}
    for _, person in ipairs(surnames[u.c[i]] and list { q = u.c[i] } or {}) do
        if letters_of(person.name)[1] == u.c[i] then
            same[#same + 1] = person
        end
    end
    if #same > 0 then
        keep(found, i, i + 1, same, 0.8)
    end
    return found
end

local function squeeze(sound)
    return (sound:gsub(" ", ""))
end

local function initials(sound)
    local out = ""
    for word in sound:gmatch "%S+" do
        out = out .. word:sub(1, 1)
    end
    return out
end

-- zhangwei, "zhang", zw
local function by_word(word, i, j, found)
    if #word < 2 or not word:find "^%a[%w]*$" then
        return
    end
    local one = ask("person", word) -- a login is one person's alone
    if one and one.login == word then
        return keep(found, i, j, { one }, 1)
    end
    local items = list { q = word }
    local heard = sounds(names_of(items))
    local exact, short, family = {}, {}, {}
    for n = 1, #items do
        if squeeze(heard[n] or "") == word then
            exact[#exact + 1] = items[n]
        elseif initials(heard[n] or "") == word then
            short[#short + 1] = items[n]
        elseif (heard[n] or ""):match "^%S+" == word then
            family[#family + 1] = items[n]
        end
    end
    if #exact > 0 then
        keep(found, i, j, exact, 1)
    elseif #short > 0 then
        keep(found, i, j, short, 0.95)
    elseif #family > 0 and #word >= 2 then
        keep(found, i, j, family, 0.9)
    end
    return #exact + #short + #family > 0
end

-- "Xu Jing", "Jing Xu"
local function by_pair(first, second, i, j, found)
    for _, sound in ipairs { first .. " " .. second, second .. " " .. first } do
        local items = list { q = sound }
        local heard = sounds(names_of(items))
        local same = {}
        for n = 1, #items do
            if heard[n] == sound then
                same[#same + 1] = items[n]
            end
        end
        if #same > 0 then
            return keep(found, i, j, same, 1)
        end
    end
end

-- A slip of the finger in a login.
local function by_near(word, i, j, near, found)
    if #word < 6 then
        return
    end
    local items, best = list { q = word:sub(1, 3) }, {}
    for n = 1, #items do
        if near(items[n].login, word) == 1 then
            best[#best + 1] = items[n]
        end
    end
    if #best > 0 then
        keep(found, i, j, best, 0.85)
    end
end

-- All of them in `u`: letters u.c, Latin words u.words ({from,to,text,known}).
-- `is_known(i)`: a known word stands over these two letters.
function people.find(u, is_known, near)
    local found, asked = {}, 0
    for i = 1, #u.c do
        if asked < 24 and i < #u.c and surnames[u.c[i]] and u.class[i + 1] == "h"
           and not is_known(i, i + 1) then
            asked = asked + 1
            by_sound(u, i, found)
        end
        if asked < 24 and u.class[i] == "h" then
            by_family(u, i, found)
        end
    end
    for n = 1, #u.words do
        local word, after = u.words[n], u.words[n + 1]
        local half = by_half(u, word, found)
        if half then
            asked = asked + 1
        elseif asked < 40 and not word.known then
            asked = asked + 1
            if after and after.from - word.to == 1 and u.c[word.to] == " "
               and #word.text > 1 and #after.text > 1
               and word.text:find "^%a+$" and after.text:find "^%a+$" then
                by_pair(word.text, after.text, word.from, after.to, found)
            end
            if not by_word(word.text, word.from, word.to, found) and near then
                by_near(word.text, word.from, word.to, near, found)
            end
        elseif after and not after.known and after.from - word.to == 1
               and #word.text <= 6 and #word.text > 1 and asked < 40 then
            asked = asked + 1 -- "He Xin": he is a word as well
            by_pair(word.text, after.text, word.from, after.to, found)
        end
    end
    return found
end

return people
