-- Every way that a bonus request can take. 赵磊 asks for 张伟, whom he leads; the
-- HRBP of sales is 韩梅, HR is 周敏.
local function drafted(w, points, more)
  local data = { who = "zhangwei", kind = "customer", points = points,
                 reason = "客户来信表扬，问题当天解决。" }
  for field, value in pairs(more or {}) do
    data[field] = value
  end
  return w:as("sunyue"):create("bonus-item", data)
end

local function submitted(w, points, more)
  local d = drafted(w, points, more)
  w:as("sunyue"):submit(d)
  return d
end

scenario("两分以内只需直属上级", function(w)
  local d = submitted(w, 2)
  expect(d.step, "short")
  expect(d:waiting(), { "zhaolei" })
  w:as("zhaolei"):approve(d)
  expect(d.step, "done")
end)

scenario("两分以上再由 HR 会签，过半即通过", function(w)
  local d = submitted(w, 2.5)
  expect(d.step, "long")
  w:as("zhaolei"):approve(d)
  expect(d.level, "hr")
  expect(d:waiting(), { "hanmei", "zhoumin" })
  w:as("hanmei"):approve(d)
  expect(d.step, "done")
end)

scenario("HR 一人不同意，另一人同意仍通过", function(w)
  local d = submitted(w, 4)
  w:as("zhaolei"):approve(d)
  w:as("hanmei"):reject(d, "证据不足")
  expect(d.step, "long")
  w:as("zhoumin"):approve(d)
  expect(d.step, "done")
end)

scenario("HR 都不同意则驳回", function(w)
  local d = submitted(w, 4)
  w:as("zhaolei"):approve(d)
  w:as("hanmei"):reject(d, "证据不足")
  w:as("zhoumin"):reject(d, "证据不足")
  expect(d.step, "draft")
  expect(d:waiting(), { "sunyue" })
end)

scenario("直属上级驳回后改分重新提交", function(w)
  local d = submitted(w, 4)
  w:as("zhaolei"):reject(d, "分值偏高")
  expect(d.step, "draft")
  w:as("sunyue"):patch(d, { points = 1 })
  w:as("sunyue"):submit(d)
  expect(d.step, "short")
end)

scenario("上级本人申请时由再上一级审批", function(w)
  local d = w:as("zhaolei"):create("bonus-item", {
    who = "zhangwei", kind = "cost", points = 1, reason = "改进报价流程。",
  })
  w:as("zhaolei"):submit(d)
  expect(d:waiting(), { "lina" })
end)

scenario("作废草稿", function(w)
  local d = drafted(w, 1)
  w:as("sunyue"):discard(d)
  expect(d.state, "void")
end)

scenario("提交人撤回", function(w)
  local d = submitted(w, 1)
  w:as("sunyue"):withdraw(d)
  expect(d.step, "draft")
end)

scenario("不能为自己申请", function(w)
  local d = drafted(w, 1, { who = "sunyue" })
  local why = refused("invalid", function() w:as("sunyue"):submit(d) end)
  expect(why.findings[1].field, "who")
end)

scenario("发生日期不能在将来", function(w)
  local d = drafted(w, 1, { happened = "2026-10-13" })
  refused("invalid", function() w:as("sunyue"):submit(d) end)
  w:advance("1d")
  w:as("sunyue"):submit(d)
  expect(d.step, "short")
end)

scenario("五分以上须有佐证", function(w)
  local d = drafted(w, 6)
  refused("invalid", function() w:as("sunyue"):submit(d) end)
  w:as("sunyue"):patch(d, { evidence = "https://example.com/letter" })
  w:as("sunyue"):submit(d)
  expect(d.step, "long")
end)

scenario("生效后本人才看得到，同事始终看不到", function(w)
  local d = submitted(w, 1)
  refused("not-found", function() w:as("zhangwei"):get(d) end)
  w:as("zhaolei"):approve(d)
  expect(w:as("zhangwei"):get(d).data.points, 1)
  refused("not-found", function() w:as("liuyang"):get(d) end)
end)
