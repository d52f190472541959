-- world - the company of rules.lua with documents, and who asks; all of it made
-- over HTTP by those who may.
--
-- SPDX-License-Identifier: Apache-2.0
package.path = "tests/support/lua/?.lua;" .. package.path

local json = require "cjson"
local client = require "client"
local rules = require "rules"

local world = { sets = {}, fresh = {}, markers = {}, n_names = 0 }
local web = client.connect("127.0.0.1", tonumber(os.getenv "WEFT_PORT"))

-- A name that nothing has yet.
function world:name(stem)
    self.n_names = self.n_names + 1
    return stem .. self.n_names
end

-- --- Asking

local function headers_of(asker, method)
    local headers = { Accept = "application/json" }
    if asker.cookie then
        headers.Cookie = "weft=" .. asker.cookie
        if method ~= "GET" then
            headers["X-CSRF-Token"] = asker.csrf
        end
    end
    return headers
end

function world.ask(asker, method, path, text, kind)
    local headers = headers_of(asker, method)
    headers["Content-Type"] = text and (kind or "application/json") or nil
    local status, body, got = web:raw(method, path, text, asker.token, headers)
    local answer = { status = status, text = body, headers = got }
    if (got["content-type"] or ""):find("json", 1, true) and body ~= "" then
        answer.body = json.decode(body)
    end
    return answer
end

-- What is made for the tests: it has to work.
local function make(asker, method, path, data)
    local answer = world.ask(asker, method, path, data and json.encode(data))
    if answer.status >= 300 then
        error(("%s: %s %s: %d %s"):format(asker.name, method, path,
                                          answer.status, answer.text), 2)
    end
    return answer.body
end

-- --- Who asks

local function sign_in(login)
    local answer = world.ask({}, "POST", "/api/v1/session", json.encode {
        login = login, password = "the-door-of-" .. login })
    assert(answer.status == 200, answer.text)
    return { name = login, person = login, csrf = answer.body.csrf,
             cookie = answer.headers["set-cookie"]:match "=([^;]+)" }
end

local as = {} -- by login
world.askers = { { name = "nobody" } }
for login, person in pairs(rules.people) do
    if not person.service then
        as[login] = sign_in(login)
        table.insert(world.askers, as[login])
    end
end
for _, scope in ipairs { "read", "write", "deploy", "admin", "metrics", "scim" } do
    table.insert(world.askers, { name = "a token to " .. scope, person = "bot",
                                 scopes = { [scope] = true },
                                 token = os.getenv("TOKEN_" .. scope) })
end
table.sort(world.askers, function(a, b) return a.name < b.name end)
local directory = { name = "the directory", token = os.getenv "TOKEN_scim" }

-- --- What may be shown to whom

local function mark(text, sees)
    table.insert(world.markers, { text = text, sees = sees })
    return text
end

for login in pairs(rules.people) do
    local function sees(who) return rules.sees_record(who, login) end
    mark(login .. "@mail-of-" .. login, sees)
    mark("badge-of-" .. login, sees)
end

local function mark_field(doc, field, text)
    doc.texts[field] = doc.texts[field] or text
    mark(text, function(who) return rules.sees(who, doc, field) end)
end

-- --- Documents

local function manager(login)
    return as[rules.people[login].manager]
end

-- A file of its owner, with a value in each field; `step` is "open" or
-- "answer". Named ones stand, and their texts are looked for in every answer.
local function file(owner, step, name)
    local doc = { form = "file", owner = owner, step = step, texts = {},
                  field = "title", name = name }
    local stem = world:name(("<%s %s "):format(owner, step))
    local data = {}
    for _, field in ipairs { "title", "note", "grade", "pin", "old grade" } do
        data[field] = stem .. field .. ">"
        if name then
            mark_field(doc, field:match "%a+$", data[field])
        end
    end
    doc.id = make(as[owner], "POST", "/api/v1/documents", {
        form = "file", data = { title = data.title, note = data.note } }).id
    local path = "/api/v1/documents/" .. doc.id
    make(manager(owner), "PATCH", path, { data = { grade = data["old grade"] } })
    make(manager(owner), "PATCH", path, { data = { grade = data.grade, pin = data.pin } })
    if step == "answer" then
        make(as[owner], "POST", path .. "/actions/send", {})
    end
    return doc
end

local function round()
    local doc = { form = "round", owner = "hrs", step = "voices", field = "what",
                  texts = { what = "About lunch" } }
    doc.id = make(as.hrs, "POST", "/api/v1/documents",
                  { form = "round", data = doc.texts }).id
    make(as.hrs, "POST", "/api/v1/documents/" .. doc.id .. "/actions/ask", {})
    return doc
end

-- The answer of `owner` in a round.
local function voice(owner, under, name)
    local doc = { form = "voice", owner = owner, step = "fill", field = "said",
                  texts = {}, under = under, name = name }
    local list = make(as[owner], "GET", "/api/v1/documents/" .. under.id
                                        .. "/children")
    assert(#list.items == 1, "one answer is asked of each")
    doc.id = list.items[1].id
    if name then
        mark_field(doc, "said", world:name(("<%s said "):format(owner)) .. ">")
        make(as[owner], "PATCH", "/api/v1/documents/" .. doc.id, { data = doc.texts })
    end
    return doc
end

local documents = {}
world.sets.documents = documents
for _, owner in ipairs { "emp", "peer", "man", "oth" } do
    table.insert(documents, file(owner, "open", "open of " .. owner))
end
for _, owner in ipairs { "emp", "man", "oth" } do
    table.insert(documents, file(owner, "answer", "asked of " .. owner))
end
local copied = file("emp", "answer", "copy of emp's")
copied.copy = "oth"
make(as.man, "POST", "/api/v1/documents/" .. copied.id .. "/actions/cc",
     { people = { "oth" } })
table.insert(documents, copied)
local asked = round()
asked.name = "round"
table.insert(documents, asked)
for _, owner in ipairs { "emp", "peer", "oth" } do
    table.insert(documents, voice(owner, asked, "voice of " .. owner))
end
-- What is said beneath a document is for who may read it.
mark("<a comment>", function(who) return rules.of(who, documents[1]).read end)
make(as.man, "POST", "/api/v1/documents/" .. documents[1].id .. "/comments",
     { text = "<a comment>" })

world.sets.actions = {}
for _, doc in ipairs(documents) do
    local action = doc.form == "voice" and "give"
        or doc.form == "file" and (doc.step == "open" and "send" or "approve")
    if action then
        table.insert(world.sets.actions,
                     setmetatable({ action = action }, { __index = doc }))
    end
end

-- A document alike, to be used up.
function world.fresh.document(_, doc)
    return doc.form == "file" and file(doc.owner, doc.step) or doc
end

function world.fresh.action(_, action)
    local doc = action.form == "file" and file(action.owner, action.step)
        or voice(action.owner, round())
    return setmetatable({ action = action.action, copy = action.copy },
                        { __index = doc })
end

-- --- Sessions, tokens, delegations

local function current_session(asker)
    for _, item in ipairs(make(asker, "GET", "/api/v1/sessions").items) do
        if item.current then
            return item.id
        end
    end
    error "nobody says which session this is"
end

local function session(owner)
    return { owner = owner, name = "session of " .. owner,
             session = current_session(sign_in(owner)) }
end
world.sets.sessions = { session "emp", session "oth" }
function world.fresh.session(_, object) return session(object.owner) end

-- Signing out is tried with a session that nobody else uses.
function world.fresh.asker(asker, object)
    return object, asker.cookie and sign_in(asker.person) or asker
end

-- Where all others end, this asker goes on with the one that ended them.
function world.fresh.last_session(asker, object)
    for key, value in pairs(asker.cookie and sign_in(asker.person) or {}) do
        asker[key] = value
    end
    return object, asker
end

local function token(owner)
    local name = world:name "token"
    make(as[owner], "POST", "/api/v1/admin/tokens", { name = name, scopes = { "read" } })
    for _, item in ipairs(make(as[owner], "GET", "/api/v1/admin/tokens").items) do
        if item.name == name then
            return { owner = owner, name = "token of " .. owner, id = item.id }
        end
    end
    error "a token is not listed"
end
world.sets.tokens = { token "emp", token "oth" }
function world.fresh.token(_, object) return token(object.owner) end

local n_days = 0
local function new_day()
    n_days = n_days + 1
    return os.date("!%Y-%m-%d", 4102444800 + n_days * 86400) -- from 2100 on
end
local function delegation(owner, taker)
    local day = new_day()
    local made = make(as[owner], "POST", "/api/v1/delegations",
                      { to = taker, forms = { "vault" }, from = day, ["until"] = day })
    return { owner = owner, taker = taker, id = made.id, day = new_day(),
             name = "delegation of " .. owner }
end
world.sets.delegations = { delegation("emp", "peer"), delegation("oth", "oman") }
function world.fresh.delegation(_, d) return delegation(d.owner, d.taker) end
function world.fresh.delegation_day(_, d)
    return setmetatable({ day = new_day() }, { __index = d })
end

-- --- Forms and versions

local function read(path)
    local f = assert(io.open(path))
    local text = f:read "a"
    f:close()
    return text
end

local vault = read "tests/matrix/package/vault.form.xml"
local spare = vault:gsub('id="vault"', 'id="spare"')
for _, label in ipairs { "Spare", "Spare again" } do
    local text = spare:gsub('label="Vault"', ('label="%s"'):format(label))
    local answer = world.ask(as.admin, "POST", "/api/v1/definitions?package=cabinet",
                             text, "application/xml")
    assert(answer.status == 200, answer.text)
end
local release = "/api/v1/forms/spare/versions/%d/release"
local run = make(as.admin, "POST", "/api/v1/forms/vault/migrate", { to = 1 }).id

-- A package where deploys are asked for: what the administrator sends waits.
local notes = read "tests/matrix/second/memo.form.xml"
local asked = world.ask(as.admin, "POST", "/api/v1/definitions?package=chest",
                        (notes:gsub('label="Memo"', 'label="Another memo"')),
                        "application/xml")
assert(asked.status == 200 and asked.body.proposal, asked.text)
world.sets.proposals = { { id = asked.body.proposal.document, owner = "admin",
                           name = "a proposal" } }

world.sets.forms = { { id = "file", form = "file", name = "form file" },
                     { id = "vault", form = "vault", name = "form vault" } }
world.sets.definitions = { { kind = "form", name = "vault" },
                           { kind = "package", name = "cabinet" } }
world.sets.reports = { { report = "titles", name = "titles" } }
world.sets.dashboards = { { dashboard = "desk", name = "a desk" } }
world.sets.migrations = { { id = "vault", form = "vault", run = run, name = "a migration" } }
world.sets.spares = { { form = "spare", version = 1, name = "a version", text = spare } }
world.sets.beginnings = { { form = "file", name = "file" }, { form = "round", name = "round" },
                          { form = "voice", name = "voice" }, { form = "vault", name = "vault" } }
world.sets.settings = {
    { package = "cabinet", id = "cap", value = 11, name = "a setting" },
    { package = "weft", id = "session-days", value = 29, name = "the company's" },
}

function world.fresh.second_live(_, object)
    world.ask(as.admin, "POST", release:format(2), "{}")
    return object
end
function world.fresh.pilot()
    world.ask(as.admin, "POST", release:format(1), "{}")
    world.ask(as.admin, "POST", release:format(2), '{"pilot": "person(emp)"}')
    return { form = "spare", version = 2, name = "a pilot" }
end

-- --- People and units

world.sets.metrics = { { metric = "pulse", name = "pulse" } }
world.sets.pulses = {}
for login in pairs(rules.people) do
    table.insert(world.sets.pulses,
                 { metric = "pulse", person = login, name = "pulse of " .. login })
end
world.sets.people, world.sets.units, world.sets.users = {}, {}, {}
world.sets.others = { { person = "oman", name = "oman" } } -- not of whoever asks
for _, login in ipairs { "emp", "peer", "man", "oth" } do
    local id = make(as.admin, "GET", "/api/v1/people/" .. login).id
    table.insert(world.sets.people, { person = login, owner = login, name = login })
    table.insert(world.sets.users, { resource = id, login = login, name = login })
end
for _, unit in ipairs { "sales", "factory" } do
    table.insert(world.sets.units, { unit = unit, name = unit })
end

local function newcomer()
    local login = world:name "newcomer"
    make(as.admin, "POST", "/api/v1/people", { login = login, name = "A newcomer" })
    return { person = login, login = login, name = "a newcomer" }
end
function world.fresh.newcomer() return newcomer() end
function world.fresh.leaver() return newcomer() end
world.sets.leavers = { { person = "oman", name = "oman" } }
function world.fresh.gone()
    local made = newcomer()
    make(as.admin, "PATCH", "/api/v1/people/" .. made.login, { active = false })
    return made
end
function world.fresh.user()
    local made = newcomer()
    made.resource = make(as.admin, "GET", "/api/v1/people/" .. made.login).id
    return made
end

local function planned()
    local made = make(as.admin, "PATCH", "/api/v1/people/emp",
                      { title = "A title", on = new_day() })
    return { id = made.planned.id, name = "a plan" }
end
world.sets.planned = { planned() }
function world.fresh.planned() return planned() end
local function loose_file(owner)
    local answer = world.ask(as[owner], "POST", "/api/v1/files?name=a.txt",
                             "The words of a file.", "text/plain")
    return { id = answer.body.id, owner = owner, name = "a file of " .. owner }
end
world.sets.uploads = { loose_file "emp", loose_file "oth" }
world.sets.jobs = { { name = "a timer", id = make(as.admin, "GET",
    "/api/v1/admin/jobs?state=waiting").items[1].id } }

local function group()
    local made = make(directory, "POST", "/scim/v2/Groups", {
        schemas = { "urn:ietf:params:scim:schemas:core:2.0:Group" },
        displayName = world:name "team" })
    return { resource = made.id, name = "a group" }
end
world.sets.groups = { group() }
function world.fresh.group() return group() end

-- Nothing listens at its address.
local function provider()
    local id = world:name "provider"
    make(as.admin, "POST", "/api/v1/admin/providers", {
        id = id, issuer = "http://127.0.0.1:9", client = "weft", inside = true,
        address = "http://127.0.0.1:" .. os.getenv "WEFT_PORT" })
    return { provider = id, name = "a provider" }
end
world.sets.providers = { provider() }
function world.fresh.provider() return provider() end

-- Nothing listens at its address, either.
local function channel()
    local id = world:name "channel"
    make(as.admin, "POST", "/api/v1/admin/channels", {
        id = id, kind = "webhook",
        config = { url = "http://127.0.0.1:9/", inside = true, events = { "document.void" } },
        secrets = { secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" } })
    return { channel = id, name = "a channel" }
end
world.sets.channels = { channel() }
function world.fresh.channel() return channel() end

-- --- Cycles

-- A run of a year that nothing has been launched for, once its members are
-- known.
local year = 2030
local function cycle_run()
    year = year + 1
    local id = make(as.smith, "POST", "/api/v1/cycles/beats/launch",
                    { period = tostring(year) }).id
    local path = "/api/v1/cycles/beats/runs/" .. id
    repeat
        local at = make(as.smith, "GET", path)
    until at.state ~= "gathering"
    return { cycle = "beats", run = id, name = "a run" }
end
world.sets.runs = { cycle_run() }
function world.fresh.run() return cycle_run() end

world.sets.overridden = {}
for _, doc in ipairs(documents) do
    if doc.form == "file" then
        local one = { field = "grade" }
        for key, value in pairs(doc) do
            one[key] = value
        end
        table.insert(world.sets.overridden, one)
    end
end

-- --- The rest

world.sets.once = { { name = "" } }
world.sets.resource_types = { { type = "User", name = "User" } }
world.sets.schemas = { { schema = "urn:ietf:params:scim:schemas:core:2.0:User",
                         name = "a schema" } }
world.sets.parts = { { part = "settings", name = "settings" } }
world.sets.feeds = { { token = "weft_no-such", name = "a feed" } }
world.sets.files = { { file = "no-such.js", name = "a file" } }

-- What the standing documents are, as one sees them who sees most.
function world.state()
    local all = {}
    for _, doc in ipairs(documents) do
        local reader = doc.form == "file" and manager(doc.owner) or as[doc.owner]
        all[doc.name] = world.ask(reader, "GET", "/api/v1/documents/" .. doc.id).text
    end
    return all
end

return world
