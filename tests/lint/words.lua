-- lint/words - the engine knows no word of what it is used for.
--
-- What a company does with forms stands in packages; engine/ is generic, in
-- its names, its messages, its comments and its examples.
--
-- SPDX-License-Identifier: Apache-2.0
local ctext = require "lib.ctext"

local words = {}
for word in ("goal review kudos expense bonus okr kpi"):gmatch("%a+") do
    words[word] = true
    words[word .. "s"] = true
end
words.bonuses = true

local function check(tree, report)
    for _, path in ipairs(tree:paths("^engine/.*%.[ch]$",
                                     "^include/.*%.h$")) do
        for n, line in ctext.lines(tree:read(path)) do
            for word in line:lower():gmatch("%a+") do
                if words[word] then
                    report(path, n, ("'%s' is a word of a package")
                                    :format(word))
                end
            end
        end
    end
end

local function one(text, says)
    return { files = { ["engine/doc/a.c"] = text }, says = says }
end

return {
    check = check,
    refused = {
        one("struct wf_goal;\n", "'goal'"),
        one('"the Reviews of"\n', "'reviews'"),
        one("/* As an expense has. */\n", "'expense'"),
        one("int n_KPI;\n", "'kpi'"),
    },
    accepted = { one("/* A reviewer previews goalkeepers. */\n") },
}
