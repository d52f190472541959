-- journey - what people do with a form, line by line:
--
--     ann: create {"title": "Taxi", "amount": 30}   => draft
--     ann: submit                                   => approval
--     lead: approve {"comment": "fine"}             => done
--     ann: create {"amount": -1}                    => refused: at least 0
--     ann: get                                      => total = 30
--     lead: notifications                           => says: Taxi
--     bob: get                                      => lacks: amount
--     - tick
--
-- "=> WORD" is the step that the document is in afterwards. The people are
-- those of tests/support/company.
--
-- SPDX-License-Identifier: Apache-2.0
local json = require "cjson"
local play = require "play"

local journey = {}

local function trim(text)
    return text:match "^%s*(.-)%s*$"
end

local plain = { get = true, history = true, chain = true, children = true }

local function order_of(state, who, verb, rest)
    local body = rest ~= "" and json.decode(rest) or nil
    if verb == "create" then
        return { as = who, ["do"] = "create",
                 body = { form = state.form, data = body or {} } }
    elseif verb == "patch" then
        return { as = who, ["do"] = "patch", id = state.id,
                 body = { data = body } }
    elseif verb == "evaluate" then
        return { as = who, ["do"] = "evaluate", name = state.form,
                 body = { data = body or {} } }
    elseif verb == "notifications" or verb == "work" then
        return { as = who, ["do"] = verb }
    elseif plain[verb] then
        return { as = who, ["do"] = verb, id = state.id }
    end
    return { as = who, ["do"] = "act", id = state.id, name = verb,
             body = body or {} }
end

-- Why `answer` is not what the line wants; nil if it is.
local function differs(answer, wanted)
    local all = json.encode(answer)
    local refused = wanted:match "^refused:%s*(.*)$"
    local field, value = wanted:match "^([%w_.]+)%s*=%s*(.*)$"
    local says = wanted:match "^says:%s*(.*)$"
    local lacks = wanted:match "^lacks:%s*(.*)$"
    if refused then
        return answer.code == "ok" and "it is not refused"
            or not all:find(refused, 1, true) and all or nil
    elseif answer.code ~= "ok" then
        return all
    elseif says then
        return not all:find(says, 1, true) and all or nil
    elseif lacks then
        return all:find(lacks, 1, true) and all or nil
    elseif field then
        local seen = answer.body.data[field]
        local text = type(seen) == "string" and seen or json.encode(seen)
        return text ~= value and ("%s is %s"):format(field, text) or nil
    elseif wanted ~= "" then
        return answer.body.step ~= wanted and all or nil
    end
end

local function walk(p, form, text)
    local state = { form = form }
    for line in text:gmatch "[^\n]+" do
        local deed, wanted = line:match "^(.-)=>(.*)$"
        deed, wanted = trim(deed or line), trim(wanted or "")
        if deed == "- tick" then
            p:ask { ["do"] = "tick" }
        elseif deed ~= "" then
            local who, verb, rest = deed:match "^(%S+):%s+(%S+)%s*(.*)$"
            local answer = p:ask(order_of(state, who, verb, rest))
            if verb == "create" and answer.code == "ok" then
                state.id = answer.body.id
            end
            local why = differs(answer, wanted)
            if why then
                return false, line .. ": " .. why
            end
        end
    end
    return true
end

-- Deploys the package in `folder` into a new store with the company of
-- tests/support/company, and walks `text` with its form. True, or false and
-- why not.
function journey.run(build, folder, form, text)
    local place = play.folder()
    local url = play.url(place .. "/store.db")
    local said, status = play.output(([[
        export WEFT_ADMIN_PASSWORD=a-good-password WEFT_DB='%s'
        PATH='%s':$PATH
        weft init --package '%s' &&
        weft import units tests/support/company/units.csv &&
        weft import people tests/support/company/people.csv
    ]]):format(url, build, folder))
    if status ~= 0 then
        return false, said
    end
    local p = play.open(url)
    local ok, why = walk(p, form, text)
    local sound = p:ask { ["do"] = "verify" }
    p:close()
    play.drop(place)
    if ok and sound.code ~= "ok" then
        return false, "the store is not sound: " .. sound.text
    end
    return ok, why
end

return journey
