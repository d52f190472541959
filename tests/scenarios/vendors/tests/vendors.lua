-- What stands behind a heading, said to the assistant in several ways.

local function named(w, text, name)
  local said = w:ask("liuyang", text)
  expect(said.status, "act", text)
  expect(said.answer.text, "A vendor: " .. name, text)
end

scenario("a text slot begins behind its heading", function(w)
  named(w, "onboard a vendor called Zhongxing Steel", "Zhongxing Steel")
  named(w, "please onboard the supplier named: Zhongxing Steel", "Zhongxing Steel")
  named(w, "引入供应商名叫中兴钢铁", "中兴钢铁")
  named(w, "引入供应商，名叫：中兴钢铁", "中兴钢铁")
end)

scenario("without its heading it is all free words", function(w)
  named(w, "onboard vendor Zhongxing Steel", "Zhongxing Steel")
end)

scenario("what is read-only now is not offered, and refused by its label", function(w)
  local yang = w:as("liuyang")
  local d = yang:create("vendor", { name = "New" })
  expect(yang:get(d).can.edit, { "owner", "name", "why", "effort", "meeting" })
  yang:patch(d, { name = "Old" })
  expect(yang:get(d).can.edit, { "owner", "name", "effort", "meeting" })
  local why = refused("invalid", function() yang:patch(d, { why = "Cheap" }) end)
  expect(why.findings[1].message, "Why is read-only and cannot be written: leave it out.")
end)

scenario("a default of a duration is one, or a number of hours", function(w)
  local d = w:as("liuyang"):create("vendor", { name = "New" })
  expect(d.effort, "2d")
  expect(d.hours, 56)
end)

scenario("nobody stands in for somebody on days that are over", function(w)
  local why = refused("invalid", function()
    w:as("liuyang"):delegate_all { to = "xujing", from = "2026-10-01", till = "2026-10-10" }
  end)
  expect(why.findings[1].field, "until")
end)
