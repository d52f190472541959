-- zip - an archive of files as they are, without compression.
--
--     lua5.4 zip.lua ARCHIVE FOLDER FILE...
--
-- SPDX-License-Identifier: Apache-2.0

local function crc32(text)
    local crc = 0xffffffff
    for i = 1, #text do
        crc = crc ~ text:byte(i)
        for _ = 1, 8 do
            crc = crc & 1 == 1 and crc >> 1 ~ 0xedb88320 or crc >> 1
        end
    end
    return crc ~ 0xffffffff
end

local archive, folder = arg[1], arg[2]
local body, directory, n = "", "", 0
for i = 3, #arg do
    local file = assert(io.open(folder .. "/" .. arg[i], "rb"))
    local text = file:read("a")
    file:close()
    local sizes = ("<I4I4I4I2I2"):pack(crc32(text), #text, #text, #arg[i], 0)
    directory = directory
        .. ("<I4I2I2I2I2I2I2"):pack(0x02014b50, 20, 20, 0x800, 0, 0, 0x21)
        .. sizes .. ("<I2I2I2I4I4"):pack(0, 0, 0, 0, #body) .. arg[i]
    body = body .. ("<I4I2I2I2I2I2"):pack(0x04034b50, 20, 0x800, 0, 0, 0x21)
        .. sizes .. arg[i] .. text
    n = n + 1
end
local out = assert(io.open(archive, "wb"))
out:write(body, directory,
          ("<I4I2I2I2I2I4I4I2"):pack(0x06054b50, 0, 0, n, n, #directory, #body, 0))
out:close()
