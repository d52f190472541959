-- lint/stamps - who changes a document or a seat counts it.
--
-- Answers are kept while the stamp of a document stands still
-- (engine/store/ground.c): an UPDATE that did not raise it would leave a
-- reader with what was. Rows of seats go only with their document.
--
-- SPDX-License-Identifier: Apache-2.0
local counts = {
    document = "stamp = stamp + 1",
    seat = "changes = changes + 1",
}

-- The text of the C string that begins at `at`, its pieces joined.
local function joined(text, at)
    local parts = {}
    while true do
        local _, stop, part = text:find('^"([^"]*)"%s*', at)
        if not stop then
            return table.concat(parts)
        end
        parts[#parts + 1], at = part, stop + 1
    end
end

local function check(tree, report)
    for _, path in ipairs(tree:paths("^engine/.*%.c$")) do
        local text = tree:read(path)
        for at, name in text:gmatch('()"UPDATE (%l+) ') do
            local _, line = text:sub(1, at):gsub("\n", "")
            local count = counts[name]
            if count and not joined(text, at):find(count, 1, true) then
                report(path, line + 1, ("an UPDATE of %s says %s")
                                       :format(name, count))
            end
        end
        for at in text:gmatch('()"DELETE FROM seat') do
            local _, line = text:sub(1, at):gsub("\n", "")
            if path ~= "engine/doc/doc.c" then
                report(path, line + 1, "a seat goes only with its document")
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
        one('"UPDATE document SET a = 1"\n" WHERE id = 2";\n', "stamp"),
        one('"UPDATE seat SET a = 1 WHERE id = 2";\n', "changes"),
        one('"DELETE FROM seat WHERE id = 1";\n', "only with its document"),
    },
    accepted = {
        one('"UPDATE document SET a = 1,"\n" stamp = stamp + 1";\n'),
        one('"UPDATE job SET a = 1";\n'),
    },
}
