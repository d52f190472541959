-- bench/wrk.lua - what wrk sends, and one line of what it saw:
--
--     wrk -s wrk.lua URL -- TOKEN [BODY]
--
-- SPDX-License-Identifier: Apache-2.0

function init(args)
    wrk.headers["Authorization"] = "Bearer " .. args[1]
    if args[2] then
        wrk.method = "POST"
        wrk.body = io.open(args[2]):read("*a")
        wrk.headers["Content-Type"] = "application/json"
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
