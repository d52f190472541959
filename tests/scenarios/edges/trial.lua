local take = act

local ways = {
  act = function(doc) take(doc.of, "go") end,
  nothing = function(doc) take(doc.of, "fly") end,
  update = function(doc) update(doc.of, { name = 7 }) end,
  create = function() create("piece", { colour = "red" }) end,
  form = function() create("nosuch", {}) end,
  find = function() find("trial", { said = "x" }) end,
  half = function(doc) update(doc.of, { name = "renamed" }) take(doc.of, "fly") end,
  coroutine = function(doc) coroutine.wrap(function() take(doc.of, "go") end)() end,
  fail = function() fail("what", "Never.") end,
}

function before_try(doc)
  if doc.what == "bare" then
    take(doc.of, "fly")
  end
  local ok, why = pcall(ways[doc.what], doc)
  doc.said = tostring(ok) .. ": " .. tostring(why)
end
