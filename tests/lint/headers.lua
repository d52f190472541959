-- lint/headers - every header compiles alone, and twice; public ones as C++.
--
-- SPDX-License-Identifier: Apache-2.0
local flags = "-fsyntax-only -Wall -Wextra -Wpedantic -Wundef -Werror " ..
    "-D_GNU_SOURCE -Iengine -Iinclude -Itests " ..
    "$(pkg-config --cflags lua5.4 libxml-2.0 libpq) "

local function compile(tree, compiler, path, report)
    local found = tree:run(
        ('printf \'#include "%s"\\n#include "%s"\\n\' | %s %s -I. -')
        :format(path, path, compiler, flags))
    if #found > 0 then
        report(path, 1, "does not compile alone:\n    " ..
                        table.concat(found, "\n    "))
    end
end

local function check(tree, report)
    for _, path in ipairs(tree:paths("^engine/.*%.h$", "^include/.*%.h$",
                                     "^tests/.*%.h$")) do
        compile(tree, "gcc -std=c17 -xc", path, report)
    end
    for _, path in ipairs(tree:paths("^include/.*%.h$")) do
        compile(tree, "clang++ -std=c++17 -xc++", path, report)
    end
end

local function one(path, text, says)
    return { files = { [path] = text }, says = says }
end

return {
    check = check,
    refused = {
        one("engine/doc/a.h", "size_t a(void);\n", "does not compile alone"),
        one("engine/doc/a.h", "struct a { int b; };\n",
            "does not compile alone"),
        one("include/weft/a.h",
            "#ifndef A\n#define A\nint f(int class);\n#endif\n",
            "does not compile alone"),
    },
    accepted = {
        one("engine/doc/a.h",
            "#ifndef A\n#define A\nstruct a { int b; };\n#endif\n"),
    },
}
