-- The month as the metrics and the incidents have it.
local function values(metric, doc)
  local all = {}
  for i, point in ipairs(series(metric, doc.leader, start_of(doc.month), end_of(doc.month))) do
    all[i] = point.value
  end
  return all
end

local function short(number)
  return number and round(number, 1)
end

local function count_in(doc)
  doc.output = sum(values("daily-output", doc))
  doc.downtime = sum(values("downtime", doc))
  doc.yield = short(avg(values("yield", doc), "drop"))
  local hours, n = {}, 0
  for _, one in ipairs(find("floor-incident", { leader = doc.leader.login }, { limit = 200 })) do
    if one.happened and one.happened:sub(1, 7) == doc.month then
      n = n + 1
      hours[#hours + 1] = one.reaction
    end
  end
  doc.incidents = n
  doc.reaction = short(avg(hours, "drop"))
end

function enter_open(doc)
  count_in(doc)
end

function before_refresh(doc)
  count_in(doc)
end

function before_close(doc)
  count_in(doc)
end
