-- "2026-10-12T01:30:00.000Z" as hours since a day that does not matter.
local function hours(time)
  local day, hour, minute = time:match("^(%d+-%d+-%d+)T(%d+):(%d+)")
  return 24 * days("2020-01-01", day) + tonumber(hour) + tonumber(minute) / 60
end

function before_answer(doc)
  doc.answered = now()
  doc.reaction = round(hours(doc.answered) - hours(doc.heard), 1)
end
