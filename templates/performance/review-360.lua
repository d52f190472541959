-- The picture that a 360 gives: beside one's own and the last one, with what is
-- strongest and weakest; and what follows of it.
local abilities = {
  { id = "customer", what = "客户导向" }, { id = "collaboration", what = "协作" },
  { id = "innovation", what = "创新" }, { id = "ownership", what = "担当" },
  { id = "growing", what = "培养他人" },
}

-- What each ability was in the last 360 that this person finished.
local function before(doc)
  local found = find("review-360", { owner = doc.owner.login, state = "done", period = prev(doc.period) }, { limit = 1 })
  return found[1] or {}
end

local function self_of(doc)
  for _, row in ipairs(doc.raters or {}) do
    if row.id == "self" then
      return row
    end
  end
  return {}
end

function enter_talk(doc)
  local last, own, rows = before(doc), self_of(doc), {}
  for _, one in ipairs(abilities) do
    if doc[one.id] then
      rows[#rows + 1] = { what = one.what, self = own[one.id], now = doc[one.id], last = last[one.id] }
    end
  end
  doc.radar = rows
  local order = {}
  for _, row in ipairs(rows) do
    order[#order + 1] = row
  end
  table.sort(order, function(a, b) return a.now > b.now or (a.now == b.now and a.what < b.what) end)
  doc.strengths, doc.gaps = {}, {}
  for place, row in ipairs(order) do
    if place <= 2 then
      doc.strengths[#doc.strengths + 1] = row.what
    elseif place > #order - 2 then
      doc.gaps[#doc.gaps + 1] = row.what
    end
  end
end

-- A plan is begun with the gaps, and courses that grow them are offered.
function after_share(doc)
  local rows = {}
  for _, row in ipairs(doc.radar) do
    for _, gap in ipairs(doc.gaps) do
      if gap == row.what then
        local now = math.max(1, math.min(4, math.floor(row.now)))
        rows[#rows + 1] = { what = gap, today_is = tostring(now), wanted = tostring(now + 1) }
      end
    end
    if row.now < 3 then
      require("courses").assign(doc.owner, row.what, doc.id)
    end
  end
  -- Who has planned already keeps their own plan.
  local plan = find("development-plan", { owner = doc.owner.login, period = doc.period }, { limit = 1 })[1]
  if #rows > 0 and not plan then
    create("development-plan", { owner = doc.owner, period = doc.period, abilities = rows }, { key = "plan " .. doc.id })
  end
end
