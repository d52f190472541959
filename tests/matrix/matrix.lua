-- matrix - each row of routes.lua, asked by each asker of world.lua for each of
-- the objects that the row names. A cell passes if the status is what the rules
-- say, if nothing in the answer is what this asker may not see, and if the
-- answer holds what the row says of it.
--
-- A new route gets one row in routes.lua: the scope that it needs, what it asks
-- for (`on`), who may (`may`, of rules.lua, thought of before it is run).
--
-- SPDX-License-Identifier: Apache-2.0
package.path = "tests/matrix/?.lua;tests/support/lua/?.lua;" .. package.path

local json = require "cjson"
local rules = require "rules"
local routes = require "routes"
local world = require "world"

local only = arg[1] or ""
local passed, failed = 0, 0

local function count(ok, what)
    if ok then
        passed = passed + 1
    else
        failed = failed + 1
        print("failed: " .. what)
    end
end

-- --- What should come

local STATUS = { denied = 403, hidden = 404, conflict = 409 }

-- The status, and whether it is a yes.
local function expected(row, asker, object)
    if row.shows and asker.scopes and not asker.scopes.read then
        return 403, false
    elseif row.open then
        return row.ok or 200, true
    elseif not asker.person and not row.nobody then
        return 401, false
    elseif row.scope and asker.scopes and not asker.scopes[row.scope] then
        return 403, false
    end
    local verdict = row.may(asker, object)
    return STATUS[verdict] or row.ok or 200, verdict == "yes"
end

-- --- What comes

-- The names in braces, by what the object has.
local function filled(text, object)
    return (text:gsub("{(%w+)}", function(name)
        local value = object[name]
        return (tostring(value):gsub("[^%w._-]", function(c)
            return ("%%%02X"):format(c:byte())
        end))
    end))
end

local function value_of(what, ...)
    if type(what) == "function" then
        return what(...)
    end
    return what
end

-- An empty table is an object here.
local function encoded(data)
    return data and (next(data) == nil and "{}" or json.encode(data))
end

local function send(route, row, asker, object)
    local method, path = route:match "^(%u+) (.*)$"
    local target = filled(path:gsub("{action}", object.action or "")
                              :gsub("{version}", tostring(object.version or "")), object)
    if row.query then
        target = target .. "?" .. filled(row.query, object)
    end
    if row.raw then
        local kind, text = row.raw(object, world, asker)
        return world.ask(asker, method, target, text, kind)
    end
    return world.ask(asker, method, target,
                     encoded(value_of(row.body, object, world, asker)))
end

-- The first text in the answer that this asker may not see.
local function leak(answer, asker)
    for _, marker in ipairs(world.markers) do
        if answer.text:find(marker.text, 1, true)
           and not (asker.person and marker.sees(asker.person)) then
            return marker.text
        end
    end
end

local function is_status(wanted, got)
    return type(wanted) == "table" and wanted[got] or wanted == got
end

local function cell(route, row, asker, object)
    local status, yes = expected(row, asker, object)
    local used, as = object, asker
    if yes and row.fresh then
        used, as = world.fresh[row.fresh](asker, object)
        as = as or asker
    end
    local answer = send(route, row, as, used)
    local name = ("%s, %s, %s"):format(route, asker.name, object.name)
    local shown = leak(answer, asker)
    if not is_status(status, answer.status) then
        return count(false, ("%s: %d, not %s: %s"):format(name, answer.status,
            tostring(status), answer.text:sub(1, 200)))
    elseif shown then
        return count(false, ("%s: shows %s"):format(name, shown))
    elseif yes and row.holds then
        local ok, why = row.holds(answer, as, used, world)
        return count(ok, ("%s: %s"):format(name, why or answer.text:sub(1, 300)))
    end
    count(true)
end

local names = {}
for route in pairs(routes) do
    if route:find(only, 1, true) then
        names[#names + 1] = route
    end
end
table.sort(names, function(a, b)
    local last_a, last_b = routes[a].last or false, routes[b].last or false
    if last_a ~= last_b then
        return last_b
    end
    return a < b
end)

local before = world.state()
for _, route in ipairs(names) do
    local row = routes[route]
    for _, object in ipairs(world.sets[row.on or "once"]) do
        for _, asker in ipairs(world.askers) do
            cell(route, row, asker, object)
        end
    end
end
-- What was refused has changed nothing.
for name, text in pairs(world.state()) do
    count(text == before[name], name .. " has been changed: " .. text)
end

print(("%d passed, %d failed, 0 skipped"):format(passed, failed))
os.exit(failed == 0)
