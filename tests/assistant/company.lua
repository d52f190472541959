-- assistant/company - the company of README.md, spoken to through a pipe.
--
--     local company = open(folder)   -- whose files stand in for the package's
--     company.send("liuyang", { text = "待办" })
--     company.close()
--
-- SPDX-License-Identifier: Apache-2.0
local json = require "cjson"
local play = require "play"

return function(instead)
    local folder = play.folder()
    os.execute("mkfifo '" .. folder .. "/in'")
    local pg = os.getenv "WEFT_TEST_PG" or ""
    local store = pg ~= "" and "scratch+" .. pg or "sqlite::memory:"
    local out = assert(io.popen(("'%s/tests/test_assistant' '%s' %s <'%s/in'"):format(
        play.build(), store, instead and "'" .. instead .. "'" or "", folder)))
    local into = assert(io.open(folder .. "/in", "wb"))
    local company = {}

    function company.send(login, body)
        into:write(json.encode { as = login, body = body }, "\n")
        into:flush()
        local line = assert(out:read "l", "the assistant has died")
        return json.decode(line)
    end

    function company.close()
        into:close()
        out:close()
        play.drop(folder)
    end

    return company
end
