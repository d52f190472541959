-- checks - what an answer holds beyond its status; rules.lua says what it
-- should.
--
-- SPDX-License-Identifier: Apache-2.0
local json = require "cjson"
local rules = require "rules"

local checks = {}

function checks.csv(text)
    return function()
        return "text/csv", text
    end
end

-- Whether the standing documents in `items` are those of which `wanted` is
-- true; `id_of` finds the document of an item.
local function exactly(items, id_of, wanted, asker, world)
    local got = {}
    for _, item in ipairs(items) do
        got[id_of(item)] = true
    end
    for _, doc in ipairs(world.sets.documents) do
        local should = wanted(asker.person, doc) and true or false
        if should ~= (got[doc.id] or false) then
            return false, doc.name .. (should and " is missing" or " is shown")
        end
    end
    return true
end

local function may_read(who, doc)
    return rules.of(who, doc).read
end

-- As it went up, to be kept and not to be shown as a page of ours.
function checks.is_file(answer)
    local h = answer.headers
    return answer.text == "The words of a file."
        and h["content-type"] == "text/plain"
        and h["content-disposition"] == 'attachment; filename="a.txt"'
        and h["content-security-policy"] == "default-src 'none'; sandbox"
end

function checks.signed_in(answer)
    return answer.body.me.login == "emp"
end

function checks.is_me(answer, asker)
    return answer.body.login == asker.person
end

-- One page, counted alike.
function checks.documents(answer, asker, _, world)
    if answer.body.total ~= #answer.body.items then
        return false, "the total is " .. tostring(answer.body.total)
    end
    return exactly(answer.body.items, function(item) return item.id end,
                   may_read, asker, world)
end

function checks.work(answer, asker, _, world)
    return exactly(answer.body.items, function(item) return item.document.id end,
                   rules.has_in_hand, asker, world)
end

function checks.copies(answer, asker, _, world)
    return exactly(answer.body.items, function(item) return item.document.id end,
                   function(who, doc) return doc.copy == who end, asker, world)
end

-- Fields that are shown, and no other.
function checks.document(answer, asker, doc)
    for field in pairs(doc.texts) do
        local should = rules.sees(asker.person, doc, field)
        if should ~= (answer.body.data[field] ~= nil) then
            return false, field .. (should and " is missing" or " is shown")
        end
    end
    return answer.body.id == doc.id
end

-- Of a round the answers are under it: each sees their own.
function checks.children(answer, asker, doc, world)
    return exactly(answer.body.items, function(item) return item.id end,
                   function(who, other)
                       return other.under == doc and may_read(who, other)
                   end, asker, world)
end

function checks.batch(answer, asker, action)
    local item = answer.body.items[1]
    local should = rules.acts(asker, action) == "yes"
    return item.ok == should, "done: " .. tostring(item.ok)
end

function checks.forms(answer, asker)
    local got = {}
    for _, item in ipairs(answer.body.items) do
        got[item.id] = item
    end
    for _, id in ipairs { "file", "round", "voice", "vault" } do
        local begins = rules.begins(asker, { form = id }) == "yes"
        if (got[id] ~= nil and got[id].create) ~= begins then
            return false, id .. " can be begun, or not"
        end
    end
    return true
end

-- The forms of which something is one's own to adjust, and no other.
function checks.adjustable(answer, asker)
    local got = false
    for _, item in ipairs(answer.body.items) do
        if item.form ~= "file" then
            return false, item.form .. " is nobody's to adjust"
        end
        got = true
    end
    return got == (rules.adjusts(asker, { id = "file" }) == "yes"), "file"
end

-- Of each file that may be taken out its title, where it is seen.
function checks.export(answer, asker, _, world)
    for _, doc in ipairs(world.sets.documents) do
        local may, sees = rules.of(asker.person, doc)
        local should = doc.form == "file" and may.export and sees.title or false
        local shown = doc.texts.title ~= nil
            and answer.text:find(doc.texts.title, 1, true) ~= nil
        if shown ~= should then
            return false, doc.name .. (should and " is missing" or " is shown")
        end
    end
    return true
end

-- That somebody acted on a document is told, and its title to who reads it; of
-- an anonymous answer nothing at all.
local function told_of(items, standing, asker)
    local told = 0
    for _, item in ipairs(items) do
        local doc = item.document ~= json.null and standing[item.document.id]
        if doc and doc.form == "voice" then
            return nil, doc.name .. " is told of"
        end
        if doc then
            told = told + 1
            if (item.document.title ~= json.null) ~= (may_read(asker.person, doc) == true) then
                return nil, "the title of " .. doc.name
            end
        end
    end
    return told
end

function checks.audit(answer, asker, _, world)
    local standing, told = {}, 0
    for _, doc in ipairs(world.sets.documents) do
        standing[doc.id] = doc
    end
    while true do
        local n, why = told_of(answer.body.items, standing, asker)
        if not n then
            return false, why
        end
        told = told + n
        if answer.body.next == json.null then
            return told > 0, "nothing is told of the documents"
        end
        answer = world.ask(asker, "GET", "/api/v1/admin/audit?limit=200&engine=true&cursor="
                                         .. answer.body.next)
    end
end

-- Each title that is seen is a row, and leads to its document.
function checks.titles(answer, asker, _, world)
    for _, doc in ipairs(world.sets.documents) do
        local may, sees = rules.of(asker.person, doc)
        local should = doc.form == "file" and may.read and sees.title or false
        local shown = doc.texts.title ~= nil
            and answer.text:find(doc.texts.title, 1, true) ~= nil
        if shown ~= should then
            return false, doc.name .. (should and " is missing" or " is shown")
        end
    end
    return true
end

function checks.definitions(answer, asker)
    return (#answer.body.items > 0) == rules.deploys(asker.person)
end

function checks.settings(answer, asker)
    local got = {}
    for _, item in ipairs(answer.body.items) do
        got[item.package] = true
    end
    return (got.cabinet or false) == rules.deploys(asker.person)
        and (got.weft or false) == rules.is_admin(asker.person)
end

return checks
