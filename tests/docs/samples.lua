-- samples - the fenced blocks of pages.
--
-- SPDX-License-Identifier: Apache-2.0
local play = require "play"

local samples = {}

-- The blocks of one page: { page, line, kind, text }.
local function blocks(path)
    local found, open, n = {}, nil, 0
    for line in (play.read(path) .. "\n"):gmatch "(.-)\n" do
        n = n + 1
        local words = line:match "^```(.*)$"
        if open and words then
            open.text = table.concat(open.lines, "\n") .. "\n"
            found[#found + 1] = open
            open = nil
        elseif words then
            open = { page = path, line = n, kind = words, lines = {} }
        elseif open then
            open.lines[#open.lines + 1] = line
        end
    end
    return found
end

function samples.pages(folder)
    local pages = {}
    local names = play.output(("ls %s/*.md %s/*/*.md"):format(folder, folder))
    for path in names:gmatch "%S+" do
        pages[#pages + 1] = blocks(path)
    end
    return pages
end

local function trim(text)
    return text:match "^%s*(.-)%s*$"
end

-- The lines of a block, each cut in two at the last `mark`.
function samples.pairs(text, mark)
    local found = {}
    for line in text:gmatch "[^\n]+" do
        local left, right = line:match("^(.*)%s" .. mark .. "%s(.*)$")
        if left then
            found[#found + 1] = { trim(left), trim(right) }
        elseif trim(line) ~= "" then
            error("a line without its value: " .. line)
        end
    end
    return found
end

return samples
