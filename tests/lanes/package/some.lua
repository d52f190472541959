-- Counts rounds, so that a lane sees what a hook of its parallel has changed.
function enter_kinds(doc)
  doc.rounds = (doc.rounds or 0) + 1
end

function leave_one(doc)
  doc.rounds = 10
end
