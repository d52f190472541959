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
