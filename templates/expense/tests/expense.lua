-- Every way that a claim can take. The claimant is 张伟 of 华东销售组.
local function euros(amount)
  return { amount = math.tointeger(amount * 100), currency = "EUR" }
end

local function lines(...)
  local rows = {}
  for place, amount in ipairs { ... } do
    rows[place] = { what = "出租车", amount = euros(amount),
                    receipt = amount >= 100 and "R-" .. place or nil }
  end
  return rows
end

local function drafted(w, route, ...)
  return w:as("zhangwei"):create("expense", {
    purpose = "拜访客户", route = route, lines = lines(...),
  })
end

local function submitted(w, route, ...)
  local d = drafted(w, route, ...)
  w:as("zhangwei"):submit(d)
  return d
end

local function approved(w)
  local d = submitted(w, "direct", 80)
  w:as("zhaolei"):approve(d)
  expect(d.step, "approved")
  return d
end

scenario("标准路线：行政，再主管", function(w)
  local d = submitted(w, "standard", 80, 20.5)
  expect(d.total, euros(100.5))
  expect(d.step, "check")
  expect(d.level, "administration")
  expect(d:waiting(), { "yuting" })
  w:as("yuting"):approve(d)
  expect(d.level, "supervisor")
  expect(d:waiting(), { "zhaolei" })
  w:as("zhaolei"):approve(d)
  expect(d.step, "approved")
  expect(d:waiting(), { "jiangnan", "wufang" })
end)

scenario("预算路线：行政、预算负责人、主管", function(w)
  local d = submitted(w, "budget", 80)
  w:as("yuting"):approve(d)
  expect(d.level, "budget-owner")
  expect(d:waiting(), { "wufang" })
  w:as("wufang"):approve(d)
  expect(d.level, "supervisor")
  w:as("zhaolei"):approve(d)
  expect(d.step, "approved")
end)

scenario("事先同意的差旅：事前审批人，再主管", function(w)
  local d = submitted(w, "agreed", 80)
  expect(d.level, "pre-approver")
  expect(d:waiting(), { "weiqi" })
  w:as("weiqi"):approve(d)
  w:as("zhaolei"):approve(d)
  expect(d.step, "approved")
end)

scenario("仅主管", function(w)
  approved(w)
end)

scenario("预算负责人也是主管时仍再问一次", function(w)
  local d = w:as("jiangnan"):create("expense", {
    purpose = "培训", route = "budget", lines = lines(50),
  })
  w:as("jiangnan"):submit(d)
  w:as("yuting"):approve(d)
  w:as("wufang"):approve(d)
  expect(d.level, "supervisor")
  expect(d:waiting(), { "wufang" })
  w:as("wufang"):approve(d)
  expect(d.step, "approved")
end)

scenario("财务付款", function(w)
  local d = approved(w)
  w:as("jiangnan"):pay(d)
  expect(d.step, "paid")
  expect(d.state, "done")
  refused("conflict", function() w:as("jiangnan"):pay(d) end)
end)

scenario("先申请付款，再付款", function(w)
  local d = approved(w)
  w:as("jiangnan"):request_payment(d)
  expect(d.step, "requested")
  w:as("wufang"):pay(d)
  expect(d.step, "paid")
end)

scenario("财务在付款前退回", function(w)
  local d = approved(w)
  w:as("wufang"):refuse(d)
  expect(d.step, "rejected")
  expect(d:waiting(), { "zhangwei" })
end)

scenario("财务在付款中退回", function(w)
  local d = approved(w)
  w:as("wufang"):request_payment(d)
  w:as("wufang"):refuse(d)
  expect(d.step, "rejected")
end)

scenario("行政驳回后修改并重新提交", function(w)
  local d = submitted(w, "standard", 80)
  w:as("yuting"):reject(d, "请写明客户")
  expect(d.step, "rejected")
  w:as("zhangwei"):patch(d, { purpose = "拜访客户晨星" })
  w:as("zhangwei"):submit(d)
  expect(d.level, "administration")
  w:as("yuting"):approve(d)
  w:as("zhaolei"):approve(d)
  expect(d.step, "approved")
end)

scenario("主管驳回后撤销并作废", function(w)
  local d = submitted(w, "direct", 80)
  w:as("zhaolei"):reject(d)
  w:as("zhangwei"):take_back(d)
  expect(d.step, "withdrawn")
  w:as("zhangwei"):discard(d)
  expect(d.step, "void")
  expect(d.state, "void")
end)

scenario("撤销后仍可重新提交", function(w)
  local d = submitted(w, "direct", 80)
  w:as("zhaolei"):reject(d)
  w:as("zhangwei"):take_back(d)
  w:as("zhangwei"):submit(d)
  expect(d:waiting(), { "zhaolei" })
end)

scenario("提交人在审批中撤回", function(w)
  local d = submitted(w, "direct", 80)
  w:as("zhangwei"):withdraw(d)
  expect(d.step, "draft")
end)

scenario("作废草稿", function(w)
  local d = drafted(w, "direct", 80)
  w:as("zhangwei"):discard(d)
  expect(d.state, "void")
end)

scenario("一百元起须填票据号", function(w)
  local d = w:as("zhangwei"):create("expense", {
    purpose = "住宿", route = "direct", lines = { { what = "酒店", amount = euros(100) } },
  })
  local why = refused("invalid", function() w:as("zhangwei"):submit(d) end)
  expect(why.findings[1].field, "lines[1].receipt")
end)

scenario("没有明细不能提交", function(w)
  local d = w:as("zhangwei"):create("expense", { purpose = "住宿" })
  refused("invalid", function() w:as("zhangwei"):submit(d) end)
end)

scenario("同事看不到，上级只能看", function(w)
  local d = submitted(w, "standard", 80)
  refused("not-found", function() w:as("liuyang"):get(d) end)
  expect(w:as("lina"):get(d).data.total, euros(80))
  refused("forbidden", function() w:as("lina"):approve(d) end)
end)

scenario("只有财务能付款", function(w)
  local d = approved(w)
  refused("forbidden", function() w:as("zhangwei"):pay(d) end)
  refused("forbidden", function() w:as("zhaolei"):pay(d) end)
end)

-- Whoever approves has other means than yes and no.

scenario("主管转办，再由接手人同意", function(w)
  local d = submitted(w, "direct", 80)
  w:as("zhaolei"):transfer(d, { to = "liuyang", comment = "这笔你熟悉" })
  expect(d:waiting(), { "liuyang" })
  refused("forbidden", function() w:as("zhaolei"):approve(d) end)
  refused("invalid", function() w:as("liuyang"):transfer(d, { to = "zhangwei" }) end)
  w:as("liuyang"):approve(d)
  expect(d.step, "approved")
end)

scenario("主管前加签：先由加签人看，再回到主管", function(w)
  local d = submitted(w, "direct", 80)
  w:as("zhaolei"):add_approver(d, { people = { "wufang", "lina" }, place = "before" })
  expect(d:waiting(), { "lina", "wufang" })
  refused("forbidden", function() w:as("zhaolei"):approve(d) end)
  w:as("wufang"):approve(d)
  w:as("zhaolei"):remove_approver(d, { people = { "lina" } })
  expect(d:waiting(), { "zhaolei" })
  w:as("zhaolei"):approve(d)
  expect(d.step, "approved")
  expect(d:history(), { "create", "submit", "skip", "skip", "skip",
                        "add-approver", "approve", "remove-approver",
                        "approve" })
end)

scenario("主管休假：代理人在期间内审批，历史记下两人", function(w)
  local d = submitted(w, "direct", 80)
  w:as("zhaolei"):delegate_all { to = "lina", from = "2026-10-13",
                                 till = "2026-10-14" }
  expect(d:waiting(), { "zhaolei" })
  w:at "2026-10-13 09:00"
  expect(d:waiting(), { "lina" })
  w:at "2026-10-15 09:00"
  expect(d:waiting(), { "zhaolei" })
  expect(d:reasons(), { "when", "when", "when", "delegation",
                        "delegation-end" })
  refused("invalid", function()
    w:as("zhaolei"):delegate_all { to = "zhaolei" }
  end)
end)

scenario("催办一小时一次，抄送的人可以看", function(w)
  local d = submitted(w, "direct", 80)
  w:as("zhangwei"):urge(d)
  expect(#w:messages("zhaolei"), 1)
  refused("limited", function() w:as("zhangwei"):urge(d) end)
  refused("not-found", function() w:as("hexin"):get(d) end)
  w:as("zhangwei"):cc(d, { people = { "hexin" } })
  expect(w:as("hexin"):get(d).step, "check")
end)

scenario("主管离职：一次交接，单据不会停住", function(w)
  local d = submitted(w, "direct", 80)
  refused("forbidden", function() w:as("zhangwei"):handover("zhaolei", "liuyang") end)
  w:as("zhoumin"):handover("zhaolei", "liuyang")
  expect(d:waiting(), { "liuyang" })
  w:as("liuyang"):approve(d)
  expect(submitted(w, "direct", 30):waiting(), { "liuyang" })
end)

scenario("没有报销就付了款：只有财务能补记，要写原因", function(w)
  local d = drafted(w, "direct", 80)
  refused("conflict", function() w:as("wufang"):pay(d) end)
  refused("forbidden", function() w:as("zhangwei"):record_payment(d, "已付") end)
  refused("invalid", function() w:as("wufang"):record_payment(d) end)
  w:as("wufang"):record_payment(d, "银行流水已扣款")
  expect(d.step, "paid")
end)
