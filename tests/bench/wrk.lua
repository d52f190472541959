-- bench/wrk.lua - what wrk sends, and one line of what it saw:
--
--     wrk -s wrk.lua URL -- TOKEN [BODY [PATHS]]
--
-- PATHS is a file of paths to be asked for in turn, round and round; each
-- thread begins elsewhere.
--
-- SPDX-License-Identifier: Apache-2.0

local n_threads = 0

function setup(thread)
    thread:set("at", n_threads * 7919)
    n_threads = n_threads + 1
end

function init(args)
    wrk.headers["Authorization"] = "Bearer " .. args[1]
    if args[2] and args[2] ~= "" then
        wrk.method = "POST"
        wrk.body = io.open(args[2]):read("*a")
        wrk.headers["Content-Type"] = "application/json"
    end
    if args[3] then
        local asked = {}
        for path in io.lines(args[3]) do
            asked[#asked + 1] = wrk.format(nil, path)
        end
        request = function()
            at = at % #asked + 1
            return asked[at]
        end
    end
end

-- Requests a second, p50 and p99 in microseconds, and all that went wrong.
function done(summary, latency)
    local e = summary.errors
    io.write(("figures %.0f %d %d %d\n"):format(
        summary.requests / summary.duration * 1e6,
        latency:percentile(50), latency:percentile(99),
        e.connect + e.read + e.write + e.status + e.timeout))
end
