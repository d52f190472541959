-- lint/lib/trees - the files that a lint looks at: the project's, or a few
-- made up ones, which lie in a folder of their own while they are looked at.
--
-- SPDX-License-Identifier: Apache-2.0
local trees = {}

local tree = {}
tree.__index = tree

local function output_lines(command)
    local pipe <close> = assert(io.popen(command))
    local lines = {}
    for line in pipe:lines() do
        lines[#lines + 1] = line
    end
    return lines
end

local function of_folder(root)
    local self = setmetatable({ root = root, files = {} }, tree)
    local found = output_lines(
        ("cd '%s' && find . -type f -not -path './.git' " ..
         "-not -path './.git/*' -not -path './build/*' " ..
         "-not -path '*/node_modules/*' | LC_ALL=C sort"):format(root))
    for _, path in ipairs(found) do
        self.files[#self.files + 1] = path:sub(3)
    end
    return self
end

function trees.of_project()
    return of_folder(".")
end

-- `files` gives the text of each path. To be given back by drop().
function trees.of_table(files)
    local root = output_lines("mktemp -d")[1]
    for path, text in pairs(files) do
        local folder = path:match("^(.*)/") or "."
        os.execute(("mkdir -p '%s/%s'"):format(root, folder))
        local file <close> = assert(io.open(root .. "/" .. path, "w"))
        file:write(text)
    end
    return of_folder(root)
end

function tree:drop()
    os.execute(("rm -r '%s'"):format(self.root))
end

-- The paths that match one of the Lua patterns.
function tree:paths(...)
    local patterns, paths = { ... }, {}
    for _, path in ipairs(self.files) do
        for _, pattern in ipairs(patterns) do
            if path:find(pattern) then
                paths[#paths + 1] = path
                break
            end
        end
    end
    return paths
end

function tree:read(path)
    local file <close> = assert(io.open(self.root .. "/" .. path, "rb"))
    return file:read("a")
end

-- What a command prints when it runs in the root of the tree, line by line.
function tree:run(command)
    return output_lines(("cd '%s' && { %s; } 2>&1"):format(self.root, command))
end

return trees
