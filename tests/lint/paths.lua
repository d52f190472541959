-- lint/paths - nothing in the tree points out of it.
--
-- No folder of the machine it was written on, no host that packages came
-- from, no number of an issue that readers cannot open.
--
-- SPDX-License-Identifier: Apache-2.0
local ctext = require "lib.ctext"

-- In pieces, so that this file may be looked at too.
local patterns = {
    "/wo" .. "rk/", "/ho" .. "me/%l", "/ro" .. "ot/", "/Us" .. "ers/%l",
    "registry" .. "%.npmjs", "pypi" .. "%.org", "pythonhosted" .. "%.org",
    "deb" .. "%.debian%.org", "proxy" .. "%.golang%.org",
    "static" .. "%.crates%.io", "arti" .. "factory",
    "%f[%a][Ii]ssue" .. " #?%d",
}

local function check(tree, report)
    for _, path in ipairs(tree:paths("")) do
        for n, line in ctext.lines(tree:read(path)) do
            for _, pattern in ipairs(patterns) do
                local found = line:match(pattern)
                if found then
                    report(path, n, ("'%s' points out of the tree")
                                    :format(found))
                end
            end
        end
    end
end

local function one(text, says)
    return { files = { ["docs/a.md"] = text }, says = says }
end

return {
    check = check,
    refused = {
        one("see /wo" .. "rk/x\n", "points out"),
        one("cd /ho" .. "me/me\n", "points out"),
        one("https://registry" .. ".npmjs.org/\n", "points out"),
        one("as issue" .. " 12 says\n", "points out"),
    },
    accepted = { one("TODO(#12) in work/x; open an issue\n") },
}
