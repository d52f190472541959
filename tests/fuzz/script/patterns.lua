function f(doc)
  local s = "key = value; (a(b)c) THE 2026-11-23"
  local out = { s:find("(%w+)%s*=%s*(%w+)"), s:match("%b()"), s:gsub("%f[%a]%u+", { THE = "the" }) }
  for y, m in s:gmatch("(%d+)-(%d+)") do table.insert(out, 1, y .. m) end
  s:gsub("[^%s]-", function(x) return x:rep(2, "-") end)
  table.sort(out, function(a, b) return tostring(a) < tostring(b) end)
  return table.concat({ select(2, table.unpack({ "a", "b", "c" })) }, ",")
end
