-- lint/layers - a file includes only what its folder may know.
--
-- Own folder and lower layers, never upward, never a sibling; a third-party
-- header in its one folder; of the library's own headers, http and cli only
-- the public ones and base. Includes stand in the order of docs/c-style.md.
--
-- SPDX-License-Identifier: Apache-2.0
local ctext = require "lib.ctext"

local levels = {
    base = 0, store = 1, markup = 1, script = 1, def = 2, org = 3, doc = 4,
    flow = 5, plan = 6, report = 6, connect = 6, api = 7, http = 8, cli = 8,
}

-- Which folder may include the headers that match.
local owners = {
    { "^csv%.h$", "base" }, { "^jansson%.h$", "base" }, { "^sodium%.h$", "base" },
    { "^unicode/", "base" }, { "^pcre2%.h$", "base" },
    { "^sqlite3%.h$", "store" }, { "^libpq%-fe%.h$", "store" },
    { "^libxml/", "markup" }, { "^zip%.h$", "markup" },
    { "^lua%.h$", "script" }, { "^lauxlib%.h$", "script" },
    { "^lualib%.h$", "script" },
    { "^xlsxwriter%.h$", "report" },
    { "^curl/", "connect" }, { "^cjose/", "connect" }, { "^openssl/", "connect" },
    { "^microhttpd%.h$", "http" }, { "^zlib%.h$", "http" },
}

-- The one way between two folders of the highest level: the program starts
-- the server.
local server_door = "http/server.h"

local system = {}
for header in ([[
    assert complex ctype errno fenv float inttypes limits locale math setjmp
    signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib
    stdnoreturn string strings tgmath threads time uchar wchar wctype
    arpa/inet dirent fcntl getopt libgen net/if netdb netinet/in netinet/tcp
    poll pthread pwd sched semaphore syslog termios unistd sys/auxv sys/epoll
    sys/eventfd sys/file sys/mman sys/prctl sys/random sys/resource sys/select
    sys/signalfd sys/socket sys/stat sys/statvfs sys/syscall sys/time
    sys/timerfd sys/types sys/uio sys/un sys/utsname sys/wait
]]):gmatch("%S+") do
    system[header .. ".h"] = true
end
system["sanitizer/asan_interface.h"] = true

-- Why `folder` may not include <header>, or nil.
local function angle_mistake(folder, header)
    if header:find("^weft/") then
        local public = folder == "include" or levels[folder] >= 7
        return not (public or header == "weft/error.h")
               and "only api, http and cli see the public headers" or nil
    end
    for _, owner in ipairs(owners) do
        if header:find(owner[1]) then
            return folder ~= owner[2]
                   and ("<%s> belongs to %s"):format(header, owner[2]) or nil
        end
    end
    return not system[header]
           and ("<%s> has no folder in tests/lint/layers.lua"):format(header)
           or nil
end

-- Why `folder` may not include "header", or nil.
local function quote_mistake(folder, header)
    local other = header:match("^(%w+)/")
    if header == "embedded.inc" then
        return folder ~= "base" and folder ~= "cli"
               and "the embedded files belong to base and cli" or nil
    elseif not levels[other] then
        return ('"%s": an include names its folder'):format(header)
    elseif folder == "include" then
        return "a public header includes no header of the engine"
    elseif other == folder or other == "base"
           or folder == "cli" and header == server_door then
        return nil
    elseif levels[folder] == 8 then
        return ("%s uses only <weft/…>, base and itself"):format(folder)
    elseif levels[other] >= levels[folder] then
        return ("%s (%d) may not know %s (%d)")
               :format(folder, levels[folder], other, levels[other])
    end
end

-- Own header, C library and third parties, <weft/…>, our layers. A header may
-- have more than one file behind it: the first one of the folder is the own.
local function rank(file, header, quoted)
    local first = not file.last and header:find("^" .. file.folder .. "/")
    if quoted and (first or "engine/" .. header == file.path:gsub("c$", "h"))
    then
        return 0
    elseif quoted then
        return 3
    end
    return header:find("^weft/") and 2 or 1
end

local function check_include(file, n, header, quoted, report)
    local mistake = quoted and quote_mistake(file.folder, header)
                    or not quoted and angle_mistake(file.folder, header)
    if mistake then
        report(file.path, n, mistake)
    end
    if file.conditions > 0 then
        return -- what depends on the compiler stands where it is explained
    end
    local this = rank(file, header, quoted)
    if this < (file.last or 0) then
        report(file.path, n, "includes stand in the order: own header, " ..
                             "C library, <weft/…>, our layers")
    end
    file.last = this
end

local function check_file(path, text, report)
    local file = { path = path, conditions = 0,
                   folder = path:match("^engine/(%w+)/") or "include" }
    if not levels[file.folder] and file.folder ~= "include" then
        return report(path, 1, "this folder is no layer")
    end
    for n, line in ctext.lines(ctext.only(text, "code", "string")) do
        local open, header = line:match('^%s*#%s*include%s*([<"])([^>"]*)')
        if header then
            check_include(file, n, header, open == '"', report)
        elseif line:find("^%s*#%s*if") and not line:find("_H%s*$") then
            file.conditions = file.conditions + 1
        elseif line:find("^%s*#%s*endif") then
            file.conditions = file.conditions - 1
        end
    end
end

local function check(tree, report)
    for _, path in ipairs(tree:paths("^engine/.*%.[ch]$",
                                     "^include/.*%.h$")) do
        if not path:find("^engine/web/") then
            check_file(path, tree:read(path), report)
        end
    end
end

local function one(path, text, says)
    return { files = { [path] = text }, says = says }
end

return {
    check = check,
    refused = {
        one("engine/store/a.c", '#include "def/b.h"\n', "may not know def"),
        one("engine/store/a.c", '#include "script/b.h"\n',
            "may not know script"),
        one("engine/http/a.c", '#include "api/b.h"\n', "http uses only"),
        one("engine/cli/a.c", '#include "http/b.h"\n', "cli uses only"),
        one("engine/flow/a.h", "#include <lua.h>\n", "belongs to script"),
        one("engine/doc/a.c", "#include <glib.h>\n", "has no folder"),
        one("engine/doc/a.c", "#include <weft/engine.h>\n", "only api"),
        one("engine/doc/a.c", '#include "b.h"\n', "names its folder"),
        one("engine/extra/a.c", "int a;\n", "no layer"),
        one("include/weft/a.h", '#include "base/b.h"\n',
            "no header of the engine"),
        one("engine/doc/a.c", '#include "base/b.h"\n#include <time.h>\n',
            "in the order"),
        one("engine/doc/a.c", '#include <time.h>\n#include "doc/a.h"\n',
            "in the order"),
    },
    accepted = {
        one("engine/script/a.c", '#include "script/a.h"\n\n' ..
            "#include <lua.h>\n#include <string.h>\n\n" ..
            '#include <weft/error.h>\n\n#include "base/b.h"\n'),
        one("engine/cli/a.c", "#include <weft/engine.h>\n\n" ..
            '#include "base/b.h"\n#include "cli/c.h"\n' ..
            '#include "http/server.h"\n'),
        one("engine/base/a.c", '#include "base/b.h"\n#ifdef X\n' ..
            '#include <time.h>\n#endif\n'),
        one("engine/base/a.c", '/* as #include "doc/b.h" would be */\n'),
    },
}
