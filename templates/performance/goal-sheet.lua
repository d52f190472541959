-- What the form cannot say in XML: words for people at the right moment.
local goals = require "goals"

-- A sheet whose goals look alike is probably one goal copied.
function validate(doc)
  local twice = goals.duplicate(doc.goals)
  if twice then
    warn(("goals[%d].title"):format(twice), t("goals") .. ": = " .. doc.goals[twice].title)
  end
end

-- The owner hears when everybody has agreed.
function enter_tracking(doc)
  notify(doc.owner, doc.title .. " ✓")
end

-- Finished work becomes known to the line above, a job after the commit.
function after_publish(doc)
  notify("manager(owner)", ("%s: %s"):format(doc.title, tostring(doc.total)))
end
