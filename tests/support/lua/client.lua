-- client - one keep-alive HTTP connection that speaks JSON, for tests.
--
--     local c = client.connect("127.0.0.1", 8080)
--     local status, body, headers = c:call("GET", "/api/v1/me", nil, token)
--
-- SPDX-License-Identifier: Apache-2.0
local socket = require "socket"
local json = require "cjson"

local client = {}
client.__index = client

function client.connect(host, port)
    return setmetatable({ host = host, port = port }, client)
end

-- The connection, opened anew after the server has closed it.
function client:open()
    if not self.tcp then
        self.tcp = assert(socket.connect(self.host, self.port))
        self.tcp:setoption("tcp-nodelay", true)
        self.tcp:settimeout(60)
    end
    return self.tcp
end

function client:close()
    if self.tcp then
        self.tcp:close()
        self.tcp = nil
    end
end

local function read_headers(tcp)
    local headers = {}
    for line in function() return tcp:receive("*l") end do
        if line == "" then
            break
        end
        local name, value = line:match("^([^:]+):%s*(.*)$")
        headers[name:lower()] = value
    end
    return headers
end

-- Parts until the empty one.
local function read_chunks(tcp)
    local parts = {}
    repeat
        local length = tonumber(assert(tcp:receive("*l")), 16)
        parts[#parts + 1] = length > 0 and assert(tcp:receive(length)) or ""
        assert(tcp:receive("*l"))
    until length == 0
    return table.concat(parts)
end

function client:receive()
    local line, why = self.tcp:receive("*l")
    if not line then
        self:close()
        error("no answer: " .. why)
    end
    local status = tonumber(line:match("^HTTP/1%.1 (%d+)"))
    local headers = read_headers(self.tcp)
    local length = tonumber(headers["content-length"] or "0")
    local body = headers["transfer-encoding"] == "chunked" and read_chunks(self.tcp)
                 or length > 0 and assert(self.tcp:receive(length)) or ""
    if headers.connection == "close" or headers.connection == "Close" then
        self:close()
    end
    return status, body, headers
end

-- Sends a request with any body; `extra` are more headers. receive() has the
-- answer.
function client:send(method, path, body, token, extra)
    local lines = {
        method .. " " .. path .. " HTTP/1.1",
        "Host: " .. self.host .. ":" .. self.port,
        token and "Authorization: Bearer " .. token or nil,
    }
    for name, value in pairs(extra or {}) do
        lines[#lines + 1] = name .. ": " .. value
    end
    if body then
        lines[#lines + 1] = "Content-Length: " .. #body
    end
    assert(self:open():send(table.concat(lines, "\r\n") .. "\r\n\r\n"
                            .. (body or "")))
end

-- One request and its answer.
function client:raw(...)
    self:send(...)
    return self:receive()
end

-- JSON in, JSON out: `data` a table or nil; the answer decoded where it is
-- JSON.
function client:call(method, path, data, token, extra)
    local body = data and json.encode(data)
    local headers = { Accept = "application/json" }
    for name, value in pairs(extra or {}) do
        headers[name] = value
    end
    if body then
        headers["Content-Type"] = "application/json"
    end
    local status, text, got = self:raw(method, path, body, token, headers)
    local kind = got["content-type"] or ""
    if kind:find("json", 1, true) and text ~= "" then
        return status, json.decode(text), got
    end
    return status, text, got
end

return client
