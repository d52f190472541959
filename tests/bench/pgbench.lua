-- bench/pgbench.lua - makes a script for pgbench of the log of a PostgreSQL
-- server that told all statements with their parameters:
--
--     pgbench.lua LOG >SCRIPT
--
-- The last two transactions with a new document are laid beside each other.
-- What is the same in both stays as it is. Numbers that differ are new with
-- each run of the script, and alike where they were alike; other texts stay.
-- Each client has a lane of the history for itself, as connections do.
--
-- SPDX-License-Identifier: Apache-2.0

local FIRST_LANE = 500000

-- {sql =, params = {{text =} or {}}} by process, in their order
local function read(path)
    local by_process, last = {}, {}
    for line in io.lines(path) do
        local pid, rest = line:match "^%S+ %S+ %S+ %[(%d+)%] (.*)$"
        local sql = rest and rest:match "^LOG:%s+duration: .- ms  execute [^:]*: (.*)$"
        local params = rest and rest:match "^DETAIL:%s+parameters: (.*)$"
        if sql then
            by_process[pid] = by_process[pid] or {}
            last[pid] = { sql = sql, params = {} }
            table.insert(by_process[pid], last[pid])
        elseif params and last[pid] then
            last[pid].detail = params
        end
        if pid and not sql then last[pid] = nil end -- "parse" and "bind"
    end
    return by_process
end

local function split(detail)
    local params, at = {}, 1
    while detail and at <= #detail do
        local number, from = detail:match("^%$(%d+) = ()", at)
        assert(number, detail)
        if detail:sub(from, from + 3) == "NULL" then
            params[tonumber(number)] = {}
            at = from + 4
        else
            local to = from + 1
            while true do
                to = detail:find("'", to, true)
                if detail:sub(to + 1, to + 1) ~= "'" then break end
                to = to + 2
            end
            params[tonumber(number)] = { text = detail:sub(from, to) }
            at = to + 1
        end
        at = at + 2 -- ", "
    end
    return params
end

-- The transactions that made a document, oldest first.
local function creates(statements)
    local all, now = {}, nil
    for _, s in ipairs(statements) do
        if s.sql:find "^BEGIN" then
            now = {}
        elseif now and s.sql == "COMMIT" then
            if now.is_create then table.insert(all, now) end
            now = nil
        elseif now then
            s.params = split(s.detail)
            table.insert(now, s)
            now.is_create = now.is_create or s.sql:find "^INSERT INTO document "
        end
    end
    return all
end

local function whole(param)
    return param.text and param.text:match "^'(%-?%d+)'$"
end

local before, create
for _, statements in pairs(read(arg[1])) do
    local all = creates(statements)
    if #all > 1 and #all[#all] == #all[#all - 1] then
        before, create = all[#all - 1], all[#all]
    end
end
assert(create, "no two creates in the log")

local sets, names, body = {}, {}, {}
local function fresh(value)
    if not names[value] then
        names[value] = "v" .. #sets + 1
        table.insert(sets, ("\\set %s 2000000000000000000 + (:k * 64 + :client_id) * 64 + %d")
            :format(names[value], #sets))
    end
    return ":" .. names[value]
end

-- To pgbench a colon begins a variable, also within a text.
local function quoted(text)
    if not text:find(":", 1, true) then return text end
    return "E" .. text:gsub("\\", "\\\\"):gsub(":", "\\072")
end

local function value(statement, i, other)
    local param = statement.params[i]
    local sql = statement.sql
    if not param.text then return "NULL" end
    local of_lane = i == 1 and (sql:find "^INSERT INTO event"
                                or sql:find "^INSERT INTO lane")
                    or sql:find(" lane ", 1, true) and sql:find("id = $" .. i, 1, true)
    if of_lane then
        return ("(:client_id + %d)"):format(FIRST_LANE)
    end
    local n = whole(param)
    if n and other.text ~= param.text then return fresh(n) end
    return quoted(param.text)
end

for at, statement in ipairs(create) do
    assert(statement.sql == before[at].sql, "two creates differ")
    local sql = statement.sql:gsub("%$(%d+)", function(i)
        i = tonumber(i)
        return value(statement, i, before[at].params[i])
    end)
    table.insert(body, sql .. ";")
end
print "\\set k :k + 1"
print(table.concat(sets, "\n"))
print "BEGIN;"
print(table.concat(body, "\n"))
print "COMMIT;"
