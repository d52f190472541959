-- routes - the permission matrix knows every route: what engine/http/route.c
-- serves has a row in tests/matrix/routes.lua, and no row is of a route that is
-- gone. Whether the rows are true is tests/matrix/run's to say.
--
-- SPDX-License-Identifier: Apache-2.0
local routes = {}

local SERVED = "engine/http/route.c"
local KNOWN = "tests/matrix/routes.lua"

-- Macros whose text begins a path.
local function macros(text)
    local all = {}
    for name, value in text:gmatch '#define (%u+) "([^"\n]*)"' do
        all[name] = value
    end
    return all
end

-- "GET /api/v1/me" -> line, of the rows of the table.
local function served(text)
    local found, prefixes, line = {}, macros(text), 0
    for row in text:gmatch "[^\n]*\n?" do
        line = line + 1
        local method, path = row:match "^%s*{ HTTP_(%u+), ([^,]+),"
        if method then
            path = path:gsub("%u+", prefixes):gsub('[%s"]', "")
            found[method .. " " .. path] = line
        end
    end
    return found
end

-- The rows of the matrix are made by calls; each says its method and path.
local function known(text)
    local found = {}
    local env = setmetatable({
        package = package, require = function()
            local any = {}
            return setmetatable(any, { __index = function() return any end,
                                       __call = function() return any end })
        end,
    }, { __index = _G })
    local chunk, why = load(text, "@" .. KNOWN, "t", env)
    if not chunk then
        return nil, why
    end
    local ok, rows = pcall(chunk)
    if not ok then
        return nil, rows
    end
    for route in pairs(rows) do
        found[route] = true
    end
    return found
end

function routes.check(tree, report)
    if #tree:paths("^" .. SERVED, "^" .. KNOWN) < 2 then
        return -- a small tree of another lint
    end
    local have, why = known(tree:read(KNOWN))
    if not have then
        report(KNOWN, 1, why)
        return
    end
    local serves = served(tree:read(SERVED))
    for route, line in pairs(serves) do
        if not have[route] then
            report(SERVED, line, ("%s is not in the permission matrix: give it a "
                .. "row in %s (copy a neighbour's; say the scope, what it is asked "
                .. "for and, by tests/matrix/rules.lua, who may), then run "
                .. "tests/matrix/run '%s'"):format(route, KNOWN, route))
        end
    end
    for route in pairs(have) do
        if not serves[route] then
            report(KNOWN, 1, route .. " is served no more: take its row out")
        end
    end
end

local function example(served_rows, known_rows)
    return {
        [SERVED] = '#define API "/api/v1"\nstatic const struct http_route routes[] = {\n'
                   .. served_rows .. "};\n",
        [KNOWN] = "local routes = {}\n" .. known_rows .. "return routes\n",
    }
end

routes.refused = {
    { files = example('    { HTTP_GET, API "/me", HTTP_USER, 0 },\n', ""),
      says = "GET /api/v1/me is not in the permission matrix" },
    { files = example('    { HTTP_POST, "/" "here", HTTP_USER, 0 },\n', ""),
      says = "POST /here is not in the permission matrix" },
    { files = example("", 'routes["GET /gone"] = {}\n'),
      says = "GET /gone is served no more" },
}
routes.accepted = {
    { files = example('    { HTTP_GET, API "/me", HTTP_USER, 0 },\n',
                      'routes["GET /api/v1/me"] = {}\n') },
}

return routes
