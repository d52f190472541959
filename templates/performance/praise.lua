local points = require "points"

function enter_done(doc)
  notify(doc.receiver, ("%s %s"):format(doc.smile or "👍", doc.words))
end

function after_give(doc)
  points.earn(doc.giver, "praise", "praise " .. doc.id)
  points.earn(doc.receiver, "praised", "praised " .. doc.id)
end
