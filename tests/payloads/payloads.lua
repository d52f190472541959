-- payloads - each text wherever one can go; then nothing is there that was not
-- made, and nothing gone.
--
-- SPDX-License-Identifier: Apache-2.0
package.path = "tests/support/lua/?.lua;" .. package.path

local json = require "cjson"
local client = require "client"

local file, weft = arg[1], arg[2]
local c = client.connect("127.0.0.1", tonumber(os.getenv "WEFT_PORT"))
local tokens = { admin = os.getenv "TOKEN_admin", boss = os.getenv "TOKEN_boss",
                 maker = os.getenv "TOKEN_maker", scim = os.getenv "TOKEN_scim" }
local passed, failed = 0, 0

local function count(ok, what, text)
    if ok then
        passed = passed + 1
    else
        failed = failed + 1
        print(("failed: %s: %q"):format(what, text))
    end
end

local function ask(who, method, path, data)
    return c:call(method, path, data, tokens[who])
end

local function quoted(text)
    return (text:gsub("[^%w]", function(x) return ("%%%02X"):format(x:byte()) end))
end

-- --- What there is

local function total(path, who)
    local status, body = ask(who, "GET", path)
    assert(status == 200, path)
    return body.total or #body.items
end

local function state()
    return {
        documents = total("/api/v1/documents?count=true&limit=1", "maker"),
        people = total("/api/v1/people?limit=200", "admin"),
        units = total("/api/v1/units", "admin"),
        forms = total("/api/v1/forms", "admin"),
        settings = total("/api/v1/admin/settings", "admin"),
        tokens = total("/api/v1/admin/tokens?all=true", "admin"),
        delegations = total("/api/v1/delegations", "maker"),
        planned = total("/api/v1/planned", "admin"),
        work = total("/api/v1/work?limit=200", "boss"),
    }
end

-- --- Where a text can go. Each answers what it is to answer to any text, be it
-- good or refused: never a failure of ours.

local function harmless(status)
    return status < 500 or status == 503
end

local questions = {
    "/api/v1/documents?q=%s", "/api/v1/documents?form=%s",
    "/api/v1/documents?sort=%s", "/api/v1/documents?state=%s",
    "/api/v1/documents?subject=%s", "/api/v1/documents?cursor=%s",
    "/api/v1/documents?form=request&filter[subject_line]=%s",
    "/api/v1/documents?form=request&filter[%s]=1", "/api/v1/documents?fields=%s",
    "/api/v1/people?q=%s", "/api/v1/people?unit=%s", "/api/v1/people/%s",
    "/api/v1/people/%s/lines?on=%s", "/api/v1/forms/%s", "/api/v1/documents/%s",
    "/api/v1/delegations?person=%s", "/api/v1/work?form=%s", "/new/%s",
}
local turn = 0

-- One of the questions for each text, each of them in turn.
local function asks_are_harmless(text)
    for _ = 1, 3 do
        turn = turn % #questions + 1
        local path = questions[turn]:gsub("%%s", (quoted(text):gsub("%%", "%%%%")))
        local status = ask("maker", "GET", path)
        count(harmless(status), questions[turn] .. " answers " .. status, text)
    end
    local status = ask("scim", "GET", "/scim/v2/Users?filter=" .. quoted(
        ('userName eq "%s"'):format(text)))
    count(harmless(status), "a filter of SCIM answers " .. status, text)
    local _, found = ask("scim", "GET", "/scim/v2/Users?filter=" .. quoted(
        "userName eq " .. json.encode(text)))
    count(type(found) == "table" and (found.totalResults or 0) == 0,
          "a name is a name", text)
    status = c:call("POST", "/api/v1/session", { login = text, password = text })
    count(status ~= 200 and harmless(status), "it signs in", text)
end

-- A title with the text in it, which stands in no page by chance.
local function title_of(text)
    return "zq" .. text:sub(1, 100) .. "qz"
end

-- Stored as it is, or refused with a reason; found again by itself.
local function is_kept(text)
    local status, body = ask("maker", "POST", "/api/v1/documents", {
        form = "request", data = { subject_line = title_of(text), text = text } })
    if status == 422 or status == 400 then
        count(true)
        return nil
    end
    count(status == 201 and body.data.text == text, "it is kept as it is", text)
    return body.id
end

-- A page without what is in its data block. That is JSON in which no "<" stands,
-- so that nothing in it can end it.
local function markup_of(page)
    return (page:gsub("(<script type=\"application/json\"[^>]*>)[^<]*(</script>)", "%1%2"))
end

-- In pages it is text: the page of whom it waits for, and its own.
local function is_text_in_pages(text, id)
    local subject = title_of(text)
    local status = ask("maker", "POST", ("/api/v1/documents/%s/actions/submit"):format(id), {})
    count(status == 200, "it is submitted", text)
    for who, path in pairs { boss = "/", maker = "/documents/" .. id } do
        local _, page = c:raw("GET", path, nil, tokens[who])
        local raw = subject:find "[<>\"']" and markup_of(page):find(subject, 1, true)
        count(not raw, path .. " shows it raw", text)
        count(path ~= "/" or page:find("zq", 1, true), "/ does not show it", text)
    end
    ask("maker", "POST", ("/api/v1/documents/%s/actions/withdraw"):format(id), {})
    count(ask("maker", "POST", ("/api/v1/documents/%s/actions/discard"):format(id), {}) == 200,
          "it is discarded", text)
end

-- --- All of them

local step = os.getenv "WEFT_LONG" and 1 or 7
local before, made, n = state(), 0, 0
for text in io.lines(file) do
    n = n + 1
    if n % step == 0 and text ~= "" and utf8.len(text) and #text < 4000 then
        asks_are_harmless(text)
        local id = is_kept(text)
        if id then
            made = made + 1
            is_text_in_pages(text, id)
        end
    end
end
local after = state()
before.documents = math.min(before.documents + made, 10000)
for what, number in pairs(before) do
    count(after[what] == number, ("%s: %d, not %d"):format(what, after[what], number), "")
end
local said = io.popen(("'%s' verify 2>&1"):format(weft)):read "a"
count(said:find "sound" ~= nil, "the store is not sound", said)
count(made > 100, "it was tried with few", tostring(made))

print(("%d passed, %d failed, 0 skipped"):format(passed, failed))
os.exit(failed == 0)
