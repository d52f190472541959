-- play - the built programs, for suites that are written in Lua: `weft` as a
-- terminal runs it, and the library through tests/play.
--
--     local p = play.open("sqlite:store.db")
--     local answer = p:ask { as = "ann", ["do"] = "work" }
--
-- SPDX-License-Identifier: Apache-2.0
local json = require "cjson"

local play = {}
play.__index = play

local function exists(path)
    local file = io.open(path, "rb")
    if file then
        file:close()
    end
    return file ~= nil
end

-- The folder of the first preset that has been built, as an absolute path: of
-- WEFT_PRESET, else of `wanted`, else the one under sanitizers.
function play.build(wanted)
    local presets = os.getenv "WEFT_PRESET" or wanted or "check release dev"
    for preset in presets:gmatch "%S+" do
        local folder = "build/" .. preset
        if exists(folder .. "/weft") and exists(folder .. "/tests/test_play") then
            return play.output("cd " .. folder .. " && pwd")
        end
    end
    error "no program is built"
end

-- The URL of a new store, at `path` or on WEFT_TEST_PG.
function play.url(path)
    return (play.output(("tests/support/url '%s'"):format(path)))
end

-- What `weft test` prints of the package in `folder`, played in memory or on
-- WEFT_TEST_PG, how many scenarios are green and how many red, and its exit
-- status. Without totals nothing is green, and one is red.
function play.test(folder)
    local pg = os.getenv "WEFT_TEST_PG" or ""
    local said, status = play.output(("LC_ALL=C '%s/weft' test '%s' %s"):format(
        play.build(), folder, pg ~= "" and "--on '" .. pg .. "'" or ""))
    local green, red = said:match "(%d+) passed, (%d+) failed$"
    return said, tonumber(green or 0), tonumber(red or 1), status
end

function play.write(path, text)
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
end

function play.read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read "a"
    file:close()
    return text
end

-- What a command prints on both streams, without the last newline, and its
-- exit status.
function play.output(command)
    local pipe = assert(io.popen("{ " .. command .. "\n} 2>&1", "r"))
    local text = pipe:read "a"
    local _, _, status = pipe:close()
    return (text:gsub("\n$", "")), status
end

-- A folder of its own, to be removed by play.drop().
function play.folder()
    return (play.output "mktemp -d")
end

function play.drop(folder)
    assert(folder:match "^/tmp/")
    os.execute("rm -rf '" .. folder .. "'")
end

-- The library on the store at `url`, spoken to through a pipe.
function play.open(url)
    local folder = play.folder()
    local line = folder .. "/in"
    os.execute("mkfifo '" .. line .. "'")
    local out = assert(io.popen(("'%s/tests/test_play' '%s' <'%s'"):format(
        play.build(), url, line), "r"))
    return setmetatable({ folder = folder, out = out,
                          into = assert(io.open(line, "wb")) }, play)
end

-- One question or command; its answer {code, text, body}.
function play:ask(order)
    self.into:write(json.encode(order), "\n")
    self.into:flush()
    local line = assert(self.out:read "l", "the player has died")
    return json.decode(line)
end

function play:close()
    self.into:close()
    self.out:close()
    play.drop(self.folder)
end

return play
