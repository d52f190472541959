-- The incidents of the month: how many, and how soon they were answered.
local function count_in(doc)
  local hours, n = {}, 0
  for _, one in ipairs(find("floor-incident", { leader = doc.leader.login }, { limit = 200 })) do
    if one.happened and one.happened:sub(1, 7) == doc.month then
      n = n + 1
      hours[#hours + 1] = one.reaction
    end
  end
  local mean = avg(hours, "drop")
  doc.incidents = n
  doc.reaction = mean and round(mean, 1)
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
