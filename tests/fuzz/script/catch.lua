function f()
  local co = coroutine.wrap(function(...)
    local x <close> = setmetatable({}, { __close = function() pcall(echo) end })
    coroutine.yield(pcall(echo))
    error(setmetatable({}, { __tostring = function() return "x" end }))
  end)
  co(1)
  local ok, e = xpcall(co, function(m) return { m } end)
  while true do pcall(function() while true do end end) end
end
