-- routes - a row for each route: what a token needs, what it is asked for, and
-- who may. A new route needs one; copy a neighbour's, and say
-- who may before you look at what the engine answers.
--
--   scope   the word that a token needs; nil: none
--   open    anybody may ask, signed in or not
--   shows   a page: it shows who is signed in, at least, so a token needs "read"
--   nobody  whoever is not signed in may ask as well
--   on      a list of objects of world.lua; {name} in the path is theirs
--   may     function(asker, object): "yes", "denied" (403), "hidden" (404) or
--           "conflict" (409); of rules.lua, which never looks at the engine
--   body    what is sent: a table, or a function of (object, world, asker)
--   raw     {type, text} instead of it
--   query   behind the path
--   ok      the status of a "yes", else 200
--   last    true: it is asked after all others
--   fresh   a name of world.fresh: makes an object for a "yes" that uses it up
--   holds   function(answer, asker, object, world): what else must be true of
--           the answer to a "yes"; false or nil and why
--
-- SPDX-License-Identifier: Apache-2.0
local rules = require "rules"
local checks = require "checks"

local on = rules.on_document

local API, SCIM = "/api/v1", "/scim/v2"
local routes = {}

local function add(method, path, row)
    local key = method .. " " .. path
    assert(not routes[key], key .. " stands there twice")
    routes[key] = row
end

local function api(method, path, row)
    add(method, API .. path, row)
end

-- --- Oneself

api("POST", "/session", { open = true, holds = checks.signed_in,
    body = { login = "emp", password = "the-door-of-emp" } })
api("DELETE", "/session", { may = rules.signs_out, fresh = "asker", ok = 204 })
api("GET", "/sessions", { scope = "read", may = rules.everybody })
api("DELETE", "/sessions", { scope = "write", may = rules.everybody, ok = 204,
    fresh = "last_session", last = true })
api("DELETE", "/sessions/{session}", { scope = "write", on = "sessions",
    may = rules.own, fresh = "session", ok = 204 })
api("GET", "/me", { scope = "read", may = rules.everybody, holds = checks.is_me })
api("GET", "/events", { scope = "read", may = rules.everybody, query = "once=true" })
api("POST", "/bot/ask", { scope = "read", may = rules.everybody,
    body = { text = "help" } })
api("GET", "/bot/intents", { scope = "read", may = rules.everybody })
api("GET", "/notifications", { scope = "read", may = rules.everybody })
api("GET", "/notifications/settings", { scope = "read", may = rules.everybody })
api("PUT", "/notifications/settings", { scope = "write", may = rules.everybody,
    body = { times = { "09:00" } } })
api("POST", "/notifications/read", { scope = "write", may = rules.everybody,
    body = {} })
api("POST", "/files", { scope = "write", may = rules.everybody, ok = 201,
    query = "name=a.txt",
    raw = function() return "application/octet-stream", "A file." end })
api("GET", "/files/{id}", { scope = "read", on = "uploads", may = rules.own,
    holds = checks.is_file })
api("GET", "/copies", { scope = "read", may = rules.everybody,
    holds = checks.copies })
api("GET", "/admin/tokens", { scope = "read", on = "tokens",
    query = "login={owner}", may = rules.own_or_administers "denied" })
api("POST", "/admin/tokens", { scope = "write", on = "tokens",
    body = function(token) return { login = token.owner, scopes = { "read" } } end,
    may = rules.makes_token, ok = 201 })
api("DELETE", "/admin/tokens/{id}", { scope = "write", on = "tokens",
    may = rules.own_or_administers "hidden", fresh = "token", ok = 204 })
api("GET", "/delegations", { scope = "read", on = "delegations",
    query = "person={owner}", may = rules.own_or_administers "denied" })
api("POST", "/delegations", { scope = "write", on = "delegations",
    body = function(d) return { person = d.owner, to = "boss", forms = { "vault" },
                                from = d.day, ["until"] = d.day } end,
    may = rules.own_or_administers "denied", fresh = "delegation_day", ok = 201 })
api("DELETE", "/delegations/{id}", { scope = "write", on = "delegations",
    may = rules.ends_delegation, fresh = "delegation", ok = 204 })

api("GET", "/providers", { open = true })
api("GET", "/admin/providers", { scope = "admin", may = rules.administers })
api("POST", "/admin/providers", { scope = "admin", may = rules.administers,
    body = function(_, world) return { id = world:name "house", client = "weft",
        issuer = "https://id.example.com", address = "https://weft.example.com" } end })
api("DELETE", "/admin/providers/{provider}", { scope = "admin", on = "providers",
    may = rules.administers, fresh = "provider", ok = 204 })
api("POST", "/admin/providers/{provider}/people", { scope = "admin",
    on = "providers", may = rules.administers, ok = 204,
    body = function(_, world) return { login = "emp", subject = world:name "subject" } end })

api("GET", "/admin/channels", { scope = "admin", may = rules.administers })
api("POST", "/admin/channels", { scope = "admin", may = rules.administers,
    body = function(_, world) return { id = world:name "channel", kind = "webhook",
        config = { url = "http://127.0.0.1:9/", inside = true, events = { "document.void" } },
        secrets = { secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" } } end })
api("DELETE", "/admin/channels/{channel}", { scope = "admin", on = "channels",
    may = rules.administers, fresh = "channel", ok = 204 })
api("POST", "/admin/channels/{channel}/people", { scope = "admin",
    on = "channels", may = rules.administers, ok = 204,
    body = function(_, world) return { login = "emp", account = world:name "account" } end })
api("POST", "/admin/channels/{channel}/test", { scope = "admin", on = "channels",
    may = rules.administers, body = {} })

api("GET", "/admin/connectors", { scope = "admin", may = rules.administers })
api("POST", "/admin/connectors/{connector}/run", { scope = "admin", on = "channels",
    may = rules.administers, ok = 404 })
-- Only channels of chat tools are called, and tests/outward has them.
api("GET", "/channels/{channel}/callback", { open = true, on = "channels", ok = 404 })
api("POST", "/channels/{channel}/callback", { open = true, on = "channels", body = {}, ok = 404 })

-- --- Forms

local function form(method, path, row)
    row.on = row.on or "forms"
    api(method, "/forms/{form}" .. path, row)
end

api("GET", "/forms", { scope = "read", may = rules.everybody,
    holds = checks.forms })
form("GET", "", { scope = "read", may = rules.sees_form })
form("GET", "/xml", { scope = "read", may = rules.reads_text })
form("GET", "/bpmn", { scope = "read", may = rules.reads_text })
form("GET", "/versions", { scope = "read", may = rules.reads_text })
form("GET", "/diff", { scope = "read", may = rules.reads_text, query = "from=1" })
form("GET", "/overlays", { scope = "read", may = rules.reads_text })
form("GET", "/migrations", { scope = "read", may = rules.reads_text })
form("GET", "/migrations/{run}", { scope = "read", on = "migrations",
    may = rules.reads_text })
form("POST", "/versions/{version}/release", { scope = "deploy", on = "spares",
    may = rules.deploys_it, body = { reason = "tried" }, fresh = "second_live" })
form("POST", "/versions/{version}/retire", { scope = "deploy", on = "spares",
    may = rules.deploys_it, body = { reason = "tried" }, fresh = "pilot" })
form("POST", "/rollback", { scope = "deploy", on = "spares",
    may = rules.deploys_it, body = { reason = "tried" }, fresh = "second_live" })
form("POST", "/migrate", { scope = "deploy", on = "spares",
    may = rules.deploys_it, body = { to = 2, dry_run = true },
    fresh = "second_live" })
form("POST", "/clone", { scope = "deploy", may = rules.derives,
    body = function(_, world) return { id = world:name "clone", label = "A clone" } end })
form("GET", "/adjustable", { scope = "read", may = rules.adjusts })
form("POST", "/adjust", { scope = "write", may = rules.adjusts,
    body = { dry_run = true, changes = { { part = "field", path = "title",
                                           set = { label = "A title" } } } } })
api("GET", "/retention", { scope = "read", may = rules.watches })
api("GET", "/adjustable", { scope = "read", may = rules.everybody,
    holds = checks.adjustable })
api("GET", "/documents/{id}/proposal", { scope = "read", on = "proposals",
    may = rules.sees_proposal })
form("POST", "/simulate", { scope = "read", may = rules.sees_form,
    body = { data = {} } })
form("POST", "/evaluate", { scope = "read", may = rules.sees_form,
    body = { data = {} } })
form("GET", "/hooks", { scope = "read", may = rules.reads_text })
form("POST", "/try", { scope = "deploy", on = "spares",
    may = rules.deploys_it, body = { data = {} } })
api("GET", "/lint", { scope = "read", on = "forms", query = "form={form}",
    may = rules.reads_text })
api("POST", "/definitions", { scope = "deploy", on = "spares",
    query = "check=true", may = rules.deploys_it,
    raw = function(spare) return "application/xml", spare.text end })
api("GET", "/definitions", { scope = "read", may = rules.everybody,
    holds = checks.definitions })
api("GET", "/definitions/{kind}/{name}/versions", { scope = "read",
    on = "definitions", may = rules.reads_definition })
api("GET", "/definitions/{kind}/{name}/xml", { scope = "read",
    on = "definitions", may = rules.reads_definition })
api("GET", "/definitions/{kind}/{name}/diff", { scope = "read",
    on = "definitions", may = rules.reads_definition, query = "from=1&to=1" })
api("GET", "/metrics", { scope = "read", may = rules.everybody })
api("POST", "/metrics/import", { scope = "write", may = rules.feeds,
    raw = function()
        return "text/csv", "metric,subject,at,value\npulse,emp,2026-01-01,50\n"
    end })
api("POST", "/metrics/{metric}/points", { scope = "write", on = "metrics",
    may = rules.feeds,
    body = { { subject = "emp", at = "2026-01-01T00:00:00Z", value = 50 } } })
api("GET", "/metrics/{metric}/series", { scope = "read", on = "pulses",
    may = rules.sees_pulse, query = "subject={person}" })
api("GET", "/metrics/{metric}/episodes", { scope = "read", on = "pulses",
    may = rules.sees_pulse, query = "subject={person}" })
api("GET", "/admin/usage", { scope = "read", may = rules.administers })
api("GET", "/admin/audit", { scope = "read", may = rules.watches,
    query = "limit=200&engine=true", holds = checks.audit })
api("GET", "/admin/settings", { scope = "read", may = rules.everybody,
    holds = checks.settings })
api("POST", "/admin/settings", { scope = "deploy", on = "settings",
    body = function(s) return { package = s.package, id = s.id, value = s.value } end,
    may = rules.sets })

-- --- Cycles

api("GET", "/cycles", { scope = "read", may = rules.everybody })
api("GET", "/cycles/{cycle}", { scope = "read", on = "runs",
    may = rules.sees_cycle })
api("POST", "/cycles/{cycle}/launch", { scope = "write", on = "runs",
    body = { dry_run = true }, may = rules.launches })
api("GET", "/cycles/{cycle}/runs/{run}", { scope = "read", on = "runs",
    may = rules.sees_cycle })
api("GET", "/cycles/{cycle}/runs/{run}/members", { scope = "read", on = "runs",
    may = rules.launches })
api("POST", "/cycles/{cycle}/runs/{run}/reveal", { scope = "write", on = "runs",
    body = {}, may = rules.launches, fresh = "run" })
api("POST", "/cycles/{cycle}/runs/{run}/remind", { scope = "write", on = "runs",
    body = {}, may = rules.launches, fresh = "run", ok = 409 }) -- not open yet
api("GET", "/cycles/{cycle}/runs/{run}/calibration", { scope = "read",
    on = "runs", may = rules.sees_cycle })

-- --- Documents

local function document(method, path, row)
    row.on = row.on or "documents"
    api(method, "/documents/{id}" .. path, row)
end

document("PUT", "/override/{field}", { scope = "write", on = "overridden",
    body = { value = "A", reason = "tried" }, may = rules.sets_over })
api("POST", "/documents", { scope = "write", on = "beginnings",
    body = function(b) return { form = b.form, data = {} } end,
    may = rules.begins, ok = 201 })
api("GET", "/documents", { scope = "read", may = rules.everybody,
    query = "limit=200&count=true", holds = checks.documents })
api("GET", "/documents/export", { scope = "read", may = rules.everybody,
    query = "form=file&format=csv", holds = checks.export })
document("GET", "", { scope = "read", may = on "read", holds = checks.document })
document("PATCH", "", { scope = "write", may = on "edit", fresh = "document",
    body = function(doc) return { data = { [doc.field] = doc.texts[doc.field] or "Changed" } } end })
document("DELETE", "", { scope = "write", may = on "delete", fresh = "document",
    ok = 204 })
api("POST", "/documents/{id}/actions/{action}", { scope = "write",
    on = "actions", may = rules.acts, fresh = "action", body = {} })
document("GET", "/history", { scope = "read", may = on "read" })
document("GET", "/comments", { scope = "read", may = on "read" })
document("POST", "/comments", { scope = "write", may = on "comment",
    body = { text = "A word" }, fresh = "document", ok = 201 })
document("GET", "/reactions", { scope = "read", may = on "read" })
document("POST", "/reactions", { scope = "write", may = on "comment",
    body = { emoji = "👍" }, fresh = "document" })
document("GET", "/children", { scope = "read", may = on "read",
    holds = checks.children })
document("GET", "/chain", { scope = "read", may = on "read" })
document("GET", "/lights", { scope = "read", may = on "read" })
document("GET", "/explain", { scope = "read", may = on "read",
    query = "field={field}" })
document("GET", "/copies", { scope = "read", may = on "read" })
document("GET", "/files", { scope = "read", may = on "read" })
document("POST", "/read", { scope = "write", may = on "read" })
-- --- Reports: of a form that all of them see

api("GET", "/reports", { scope = "read", may = rules.everybody })
api("GET", "/reports/{report}", { scope = "read", on = "reports",
    may = rules.everybody, holds = checks.titles })
api("GET", "/reports/{report}/documents", { scope = "read", on = "reports",
    query = "limit=200", may = rules.everybody, holds = checks.titles })
api("GET", "/dashboards", { scope = "read", may = rules.everybody })
api("GET", "/dashboards/{dashboard}", { scope = "read", on = "dashboards",
    may = rules.has_desk })

api("GET", "/work", { scope = "read", may = rules.everybody,
    query = "limit=200", holds = checks.work })
api("POST", "/work" .. "/batch", { scope = "write", on = "actions",
    may = rules.everybody, holds = checks.batch,
    body = function(a) return { ids = { a.id }, action = a.action } end,
    fresh = "action" })

-- --- People

local function person(method, path, row)
    row.on = row.on or "people"
    api(method, "/people" .. path, row)
end

person("GET", "", { scope = "read", may = rules.everybody, on = "once" })
person("POST", "", { scope = "admin", may = rules.administers, on = "once",
    body = function(_, world) return { login = world:name "new", name = "New" } end,
    ok = 201 })
person("GET", "/{person}", { scope = "read", may = rules.everybody })
person("PATCH", "/{person}", { scope = "admin", may = rules.administers,
    body = { title = "A title" } })
person("GET", "/{person}/record", { scope = "admin", may = rules.administers })
person("GET", "/{person}/sessions", { scope = "admin",
    may = rules.own_or_administers "denied" })
person("DELETE", "/{person}/sessions", { scope = "admin", ok = 204,
    on = "others", may = rules.administers, fresh = "newcomer" })
person("GET", "/{person}/lines", { scope = "read", may = rules.everybody })
person("POST", "/{person}/handover", { scope = "admin", body = { to = "peer" },
    may = rules.administers, fresh = "leaver" })
person("POST", "/import", { scope = "admin", on = "once",
    may = rules.administers, raw = checks.csv "login,name\nemp,Person emp\n" })
person("POST", "/history/import", { scope = "admin", on = "once",
    may = rules.administers,
    raw = checks.csv "login,what,value,since,until\nemp,title,A title,2019-01-01,2020-01-01\n" })
person("GET", "/{person}/readers", { scope = "read",
    may = rules.own_or_holds "dpo" })
person("GET", "/{person}/data", { scope = "read", may = rules.own_or_denied })
person("POST", "/{person}/erase", { scope = "admin", on = "leavers",
    may = rules.administers, fresh = "gone" })
api("GET", "/units", { scope = "read", may = rules.everybody })
api("POST", "/units", { scope = "admin", may = rules.administers, ok = 201,
    body = function(_, world) return { id = world:name "unit", name = "New" } end })
api("GET", "/units/{unit}", { scope = "admin", on = "units",
    may = rules.administers })
api("PATCH", "/units/{unit}", { scope = "admin", on = "units",
    may = rules.administers, body = { name = "Renamed" } })
api("POST", "/units/{unit}/move", { scope = "admin", on = "units",
    may = rules.administers, body = { parent = "company" } })
api("POST", "/units/import", { scope = "admin", may = rules.administers,
    raw = checks.csv "id,name\nsales,Sales\n" })
api("GET", "/planned", { scope = "admin", may = rules.administers })
api("DELETE", "/planned/{id}", { scope = "admin", on = "planned",
    may = rules.administers, fresh = "planned", ok = 204 })
api("GET", "/admin/jobs", { scope = "admin", may = rules.administers })
api("POST", "/admin/jobs/{id}/revive", { scope = "admin", on = "jobs",
    may = rules.finds_waiting })
api("DELETE", "/admin/jobs/{id}", { scope = "admin", on = "jobs",
    may = rules.finds_waiting })
api("GET", "/roles", { scope = "read", may = rules.everybody })

-- --- Directories

local function scim(method, path, row)
    row.scope, row.may = "scim", rules.is_directory
    add(method, SCIM .. path, row)
end

local schemas = "urn:ietf:params:scim:schemas:core:2.0:"
local function patch(path, value)
    return { schemas = { "urn:ietf:params:scim:api:messages:2.0:PatchOp" },
             Operations = { { op = "replace", path = path, value = value } } }
end

scim("GET", "/Users", { query = "count=200" })
scim("POST", "/Users", { ok = 201, body = function(_, world)
    return { schemas = { schemas .. "User" }, userName = world:name "scim" } end })
scim("GET", "/Users/{resource}", { on = "users" })
scim("PUT", "/Users/{resource}", { on = "users", fresh = "user",
    body = function(user) return { schemas = { schemas .. "User" },
                                   userName = user.login } end })
scim("PATCH", "/Users/{resource}", { on = "users", fresh = "user",
    body = patch("displayName", "Renamed") })
scim("DELETE", "/Users/{resource}", { on = "users", fresh = "user", ok = 204 })
scim("GET", "/Groups", {})
scim("POST", "/Groups", { ok = 201, body = function(_, world)
    return { schemas = { schemas .. "Group" }, displayName = world:name "team" } end })
scim("GET", "/Groups/{resource}", { on = "groups" })
scim("PUT", "/Groups/{resource}", { on = "groups", fresh = "group",
    body = function(_, world) return { schemas = { schemas .. "Group" },
                                       displayName = world:name "team" } end })
scim("PATCH", "/Groups/{resource}", { on = "groups", fresh = "group",
    body = function(_, world) return patch("displayName", world:name "team") end })
scim("DELETE", "/Groups/{resource}", { on = "groups", fresh = "group", ok = 204 })
scim("GET", "/ServiceProviderConfig", {})
scim("GET", "/ResourceTypes", {})
scim("GET", "/ResourceTypes/{type}", { on = "resource_types" })
scim("GET", "/Schemas", {})
scim("GET", "/Schemas/{schema}", { on = "schemas" })

-- --- Machines and pages. What a page shows of somebody is held to what they
-- may see like any other answer.

-- What its tools may is asked where they lead; tests/mcp holds them to it.
add("POST", "/mcp", { may = rules.everybody,
    body = { jsonrpc = "2.0", id = 1, method = "ping" } })
add("GET", "/.well-known/oauth-protected-resource", { open = true })
add("GET", "/.well-known/oauth-protected-resource/mcp", { open = true })
add("GET", "/healthz", { open = true })
add("GET", "/readyz", { open = true })
add("GET", "/metrics", { scope = "metrics", nobody = true, may = rules.measures })
add("GET", "/api/openapi.json", { open = true })

add("GET", "/", { open = true, shows = true })
for _, path in ipairs { "/inbox", "/documents", "/people", "/preferences", "/insight", "/studio", "/admin" } do
    add("GET", path, { open = true, shows = true })
end
add("GET", "/documents/{id}", { open = true, shows = true, on = "documents" })
add("GET", "/new/{form}", { open = true, shows = true, on = "forms" })
add("GET", "/people/{person}", { open = true, shows = true, on = "people" })
add("GET", "/studio/{form}", { open = true, shows = true, on = "forms" })
add("GET", "/insight/{report}", { open = true, shows = true, on = "forms" })
add("GET", "/places/{place}", { open = true, shows = true, on = "forms" })
add("GET", "/admin/{part}", { open = true, shows = true, on = "parts" })
add("GET", "/style.css", { open = true })
-- Whose token the address holds; tests/interchange has one.
add("GET", "/calendar/{token}", { open = true, on = "feeds", ok = 404 })
-- Files of the web application, where it is built in.
add("GET", "/assets/{file}", { open = true, on = "files", ok = 404 })
add("GET", "/sw.js", { open = true, ok = { [200] = true, [404] = true } })
add("GET", "/manifest.webmanifest", { open = true, ok = { [200] = true, [404] = true } })
-- Out to a provider that does not answer, and back without having been there;
-- tests/oidc has one that does.
add("GET", "/sign-in/{provider}", { open = true, on = "providers", ok = 503 })
add("GET", "/sign-in/{provider}/callback", { open = true, on = "providers", ok = 401 })
add("GET", "/sign-out/{provider}", { open = true, on = "providers" })
add("POST", "/sign-out/{provider}/back-channel", { open = true, on = "providers",
    raw = function() return "application/x-www-form-urlencoded",
                            "logout_token=none" end, ok = 503 }) -- nobody there to ask for keys
add("POST", "/sign-out", { may = rules.signs_out, fresh = "asker",
    raw = function(_, _, asker) return "application/x-www-form-urlencoded",
                                       "csrf=" .. (asker.csrf or "") end, ok = 303 })

return routes
