-- session - the shell blocks of a page, in one shell, in a folder of its own,
-- with a server at a free port where they start one at 8080.
--
-- SPDX-License-Identifier: Apache-2.0
local play = require "play"
local socket = require "socket"

local session = {}

local function free_port()
    local server = assert(socket.bind("127.0.0.1", 0))
    local _, port = server:getsockname()
    server:close()
    return port
end

local function needs_server(block)
    return block.text:find("curl", 1, true)
           or block.text:find("weft serve", 1, true)
end

local on_postgres = (os.getenv "WEFT_TEST_PG" or "") ~= ""

-- On WEFT_TEST_PG each store that the page names is a schema, and so is the one
-- that it need not name. Files that are made of stores stay files.
local function place_stores(folder, text)
    if not on_postgres then
        return text
    end
    local urls = {}
    local function url_of(name)
        urls[name] = urls[name] or play.url(folder .. "/" .. name)
        return urls[name]
    end
    return "export WEFT_KEY_FILE=$PWD/weft.key WEFT_DB='" .. url_of "weft.db"
        .. "'\n"
        .. text:gsub("WEFT_DB=sqlite:([%w]+%.db)", function(name)
            return "WEFT_DB='" .. url_of(name) .. "'"
        end):gsub("rm ([%w]+%.db)%*", "rm -f %1*")
end

-- The script of all blocks: what each prints goes into a file of its own.
local function script_of(blocks, port)
    local lines = { "trap 'kill $(jobs -p) 2>/dev/null' EXIT" }
    for i, block in ipairs(blocks) do
        if not block.skipped then
            lines[#lines + 1] = ("{\n%s\n} >out.%d 2>&1; echo $? >status.%d")
                :format((block.text:gsub("127%.0%.0%.1:8080",
                                         "127.0.0.1:" .. port)), i, i)
        end
    end
    return table.concat(lines, "\n") .. "\n"
end

-- The expected lines that do not come out in their order.
local function missing(block, out)
    local from = 1
    for wanted in block.text:gmatch "# => ([^\n]+)" do
        local _, last = out:find(wanted, from, true)
        if not last then
            return wanted
        end
        from = last + 1
    end
end

local function judge(folder, i, block)
    if block.skipped then
        return { block = block, skipped = true }
    end
    local out = play.read(folder .. "/out." .. i)
    local status = play.read(folder .. "/status." .. i):match "%d+"
    local wanted = missing(block, out)
    if wanted then
        return { block = block, why = ("no \"%s\" in: %s"):format(wanted, out) }
    end
    return { block = block, why = out,
             ok = status == "0" or block.text:find("# =>", 1, true) ~= nil }
end

function session.run(build, blocks)
    local results = {}
    if #blocks == 0 then
        return results
    end
    local help = play.output("'" .. build .. "/weft' help")
    for _, block in ipairs(blocks) do
        block.skipped = needs_server(block) and not help:find "\n  serve "
    end
    local folder = play.folder()
    local root = play.output "pwd"
    os.execute(("ln -s '%s/templates' '%s/templates'"):format(root, folder))
    play.write(folder .. "/script",
               place_stores(folder, script_of(blocks, free_port())))
    play.output(([[
        cd '%s' && unset WEFT_DB WEFT_ADMIN_PASSWORD
        PATH='%s':$PATH LC_ALL=C.UTF-8 timeout %d bash script </dev/null
    ]]):format(folder, build, on_postgres and 600 or 120))
    for i, block in ipairs(blocks) do
        results[i] = judge(folder, i, block)
    end
    play.drop(folder)
    return results
end

return session
