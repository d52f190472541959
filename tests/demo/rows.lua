-- demo/rows - each need of the performance package: who looks, at what, and
-- what must be true of it.
--
--     lua5.4 tests/demo/rows.lua people          the logins of those who look
--     lua5.4 tests/demo/rows.lua PORT FOLDER     with FOLDER/LOGIN.token
--
-- SPDX-License-Identifier: Apache-2.0
package.path = "tests/support/lua/?.lua;" .. package.path

-- --- What must be true

-- Of a list: so many, at least, and each of the first ones.
local function some(n, each)
    return function(body)
        for _, item in ipairs(body.items) do
            if each and not each(item) then
                return false
            end
        end
        return #body.items >= n
    end
end

local function has(field)
    return function(item)
        local value = item.data[field]
        return value ~= nil and (type(value) ~= "table" or #value > 0)
    end
end

-- Of a report: so many rows, and in all so much of a measure.
local function rows(n, measure, least, most)
    return function(body)
        local sum = body.total.values[measure]
        return #body.rows >= n and sum >= least and sum <= (most or math.huge)
    end
end

local function run_of(body, state)
    for _, run in ipairs(body.runs) do
        if run.stages[#run.stages].state == state then
            return run
        end
    end
end

local LIST = "/documents?fields=%s&limit=5&form=%s"
local function list(form, fields)
    return LIST:format(fields, form)
end

-- need, who looks, at what, what must be true
local needs = {
    { "company focus", "hexin", list("focus", "objectives+readers"),
      some(1, function(d) return d.data.readers > 60 and #d.data.objectives >= 1 end) },
    { "objectives", "hexin", list("goal", "result+below") .. "&filter[kind]=objective",
      some(3, function(d) return d.data.below > 0 and d.data.result > 0 end) },
    { "goals of people", "hexin", list("goal", "parent") .. "&filter[kind]=personal", some(5, has "parent") },
    { "comments", "hexin", list("task", "goal") .. "&filter[milestone]=true", some(1, has "goal") },
    { "sheets", "liuyang", list("goal-sheet", "goals") .. "&mine=true", some(2, has "goals") },
    { "proposals", "zhaolei", "/work?form=goal-sheet", some(2) },
    { "alignment meeting", "lina", list("alignment-meeting", "agenda+decisions") .. "&state=done", some(1, has "decisions") },
    { "weekly report", "liuyang", list("weekly-report", "done") .. "&mine=true", some(3, has "done") },
    { "requests for help", "zhaolei", list("help-request", "answer") .. "&state=done", some(1, has "answer") },
    { "tasks", "zhaolei", "/work?form=task", some(1) },
    { "lights", "zhoumin", "/reports/lights", rows(3, "goals", 50) },
    { "lights over time", "zhoumin", "/reports/lights-over-time", function(r) return #r.rows >= 10 and r.rows[#r.rows].values.red < 10 end },
    { "stale key results", "zhoumin", "/reports/stale-results", rows(1, "still", 1) },
    { "talks of two", "liuyang", list("one-on-one", "growth+carried") .. "&mine=true", some(2) },
    { "praise", "hexin", list("praise", "words+tags"), some(5, has "words") },
    { "influence", "hexin", "/reports/influence", rows(1, "praises", 1) },
    { "instant feedback", "hejiaqi", list("feedback", "keep") .. "&mine=true&state=done", some(1, has "keep") },
    { "shop floor", "wangqiang", "/metrics/yield/series?subject=linhai&step=day", some(25) },
    { "incidents", "shenguodong", list("floor-incident", "reaction") .. "&state=done", some(3, has "reaction") },
    { "months of the floor", "shenguodong", list("floor-month", "attained"), some(2, has "attained") },
    { "the review before", "hexin", list("review", "grade+result+achievements") .. "&mine=true&state=done", some(1, has "grade") },
    { "grades as calibrated", "zhoumin", "/reports/review-grades", rows(4, "people", 80) },
    { "who is late", "zhoumin", "/reports/goal-setting", function(r)
        local all = r.total.values
        return all.people > 100 and all.handed_in > 90 and all.late > 0 and all.late < 6
    end },
    { "the quarter", "zhoumin", "/cycles/quarterly-review", function(c)
        local done = run_of(c, "closed")
        return #c.runs >= 2 and done and done.stages[2].done > 100
    end },
    { "360 and last time", "lubin", list("review-360", "radar+strengths+gaps") .. "&mine=true&state=done", some(2, has "radar") },
    { "development plan", "lubin", list("development-plan", "abilities+steps") .. "&mine=true", some(1, has "abilities") },
    { "courses", "hexin", list("course", "abilities+useful"), some(3, has "abilities") },
    { "learning", "zhoumin", list("course-assignment", "useful") .. "&state=done", some(3, has "useful") },
    { "appeals", "liangjingyi", list("grade-appeal", "because") .. "&state=done", some(1, has "because") },
    { "bonus points", "zhoumin", list("bonus-item", "points") .. "&state=done", some(3, has "points") },
    { "points", "liuyang", list("wallet", "balance"), some(1, function(d) return d.data.balance > 0 end) },
    { "gifts", "hexin", list("gift", "cost+left"), some(2, has "left") },
    { "pain points", "zhoumin", "/reports/pains-of-the-week", rows(1, "votes", 1) },
    { "satisfaction", "hexin", "/reports/nps", function(r) return r.total.values.answers >= 3 and r.total.values.nps ~= nil end },
    { "reaction", "zhaolei", "/reports/reaction", rows(1, "solved", 1) },
    { "activity", "zhoumin", "/reports/activity", rows(4, "people", 20) },
    { "pilot", "zhoumin", "/reports/pilot", rows(1, "people", 80) },
    { "completion", "chenguang", "/reports/completion", rows(5, "goals", 50) },
}

local leaders = { zhoumin = { "team", "people", "company" }, chenguang = { "team", "company" },
                  zhaolei = { "team" } }

if arg[1] == "people" then
    local seen = {}
    for _, need in ipairs(needs) do
        seen[need[2]] = true
    end
    for login in pairs(leaders) do
        seen[login] = true
    end
    for login in pairs(seen) do
        print(login)
    end
    os.exit(true)
end

-- --- Asking

local client = require "client"
local server = client.connect("127.0.0.1", tonumber(arg[1]))
local passed, failed = 0, 0

local function count(ok, what, why)
    passed, failed = passed + (ok and 1 or 0), failed + (ok and 0 or 1)
    if not ok then
        print(("failed: %s: %s"):format(what, why or ""))
    end
end

local function token(login)
    local file = assert(io.open(arg[2] .. "/" .. login .. ".token"))
    local text = file:read "l"
    file:close()
    return text
end

local function ask(login, path, lang)
    return server:call("GET", "/api/v1" .. path, nil, token(login), { ["Accept-Language"] = lang })
end

local json = require "cjson"

for _, need in ipairs(needs) do
    local what, login, path, check = table.unpack(need)
    local status, body = ask(login, path, "en")
    local ok, true_ = pcall(check, body)
    count(status == 200 and ok and true_, what,
          ("%s sees %s %s"):format(login, status, json.encode(body):sub(1, 600)))
end

-- --- What is seen first

-- A page of numbers has none in every part; of what waits most is not late.
for login, boards in pairs(leaders) do
    for _, id in ipairs(boards) do
        local _, board = ask(login, "/dashboards/" .. id, "en")
        local empty = {}
        for _, part in ipairs(board.parts) do
            if part.report and #part.report.rows == 0 and part.id ~= "review-progress" then
                empty[#empty + 1] = part.id
            end
        end
        count(#empty == 0, login .. " at " .. id, "nothing in " .. table.concat(empty, ", "))
    end
    local _, work = ask(login, "/work?limit=100", "en")
    local late = 0
    for _, item in ipairs(work.items) do
        late = late + (item.overdue and 1 or 0)
    end
    count(#work.items > 0 and late * 3 <= #work.items, login .. "'s work",
          ("%d of %d are late"):format(late, #work.items))
end

-- --- Both languages

local function is_chinese(text)
    for _, code in utf8.codes(text) do
        if code >= 0x4e00 and code <= 0x9fff then
            return true
        end
    end
    return false
end

-- Every word for people beneath a model: label, help, message and so on.
local function words(node, path, found)
    for key, value in pairs(node) do
        if type(value) == "table" then
            words(value, path .. "." .. tostring(node[key] and value.id or key), found)
        elseif (key == "label" or key == "help" or key == "message" or key == "placeholder" or key == "unit")
            and type(value) == "string" then
            found[#found + 1] = { path .. "." .. key, value }
        end
    end
    return found
end

for _, kind in ipairs { "forms", "reports", "cycles", "dashboards" } do
    local _, all = ask("zhoumin", "/" .. kind, "en")
    for _, item in ipairs(all.items) do
        local path = "/" .. kind .. "/" .. item.id
        local status, model = ask("zhoumin", path, "en")
        local bad = {}
        if kind == "forms" and status == 200 then
            for _, word in ipairs(words(model, item.id, {})) do
                if is_chinese(word[2]) then
                    bad[#bad + 1] = table.concat(word, " = ")
                end
            end
        elseif is_chinese(item.label) then
            bad[1] = item.label
        end
        count(status == 200 and #bad == 0, path .. " in English", table.concat(bad, "; "))
        local _, own = ask("zhoumin", path, "zh-CN")
        count(own.label == nil or is_chinese(own.label) or own.label:match "^NPS", path .. " in Chinese", own.label)
    end
end

print(("%d passed, %d failed, 0 skipped"):format(passed, failed))
os.exit(failed == 0)
