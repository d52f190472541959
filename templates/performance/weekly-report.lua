-- A report that writes its first half itself.
local function lines(tasks)
  local out = {}
  for _, task in ipairs(tasks) do
    out[#out + 1] = "• " .. task.title
  end
  return #out > 0 and table.concat(out, "\n") or nil
end

local function mine(doc, where)
  where.owner = doc.owner.login
  return find("task", where, { limit = 20, sort = "due" })
end

function finished_tasks(doc)
  return lines(mine(doc, { state = "done", finished = { gte = start_of(doc.week) } }))
end

function open_tasks(doc)
  return lines(mine(doc, { state = "open" }))
end

-- What blocks becomes a request for help, once.
function enter_read(doc)
  if doc.blocked and not doc.help then
    doc.help = create("help-request",
      { who = doc.owner, what = doc.blocked }, { key = "help " .. doc.id }).id
  end
end

function after_hand_in(doc)
  require("points").earn(doc.owner, "report", "report " .. doc.id)
end
