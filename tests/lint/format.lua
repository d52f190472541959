-- lint/format - all C is as clang-format 14 writes it.
--
-- SPDX-License-Identifier: Apache-2.0
local function check(tree, report)
    local paths = tree:paths("^engine/.*%.[ch]$", "^include/.*%.h$",
                             "^tests/.*%.[ch]$")
    if #paths == 0 then
        return
    end
    local found = tree:run("clang-format-14 --dry-run " ..
                           table.concat(paths, " "))
    for _, line in ipairs(found) do
        local path, n = line:match("^([^:]+):(%d+):%d+: warning: ")
        if path then
            report(path, tonumber(n), "not in its form; ./dev format does it")
        end
    end
end

local project <const> = (function()
    local file <close> = assert(io.open(".clang-format"))
    return file:read("a")
end)()

local function one(text, says)
    return {
        files = { [".clang-format"] = project, ["engine/doc/a.c"] = text },
        says = says,
    }
end

return {
    check = check,
    refused = { one("int f(void) {\n  return 1;\n}\n", "not in its form") },
    accepted = { one("int f(void)\n{\n    return 1;\n}\n") },
}
