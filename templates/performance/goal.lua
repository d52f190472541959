-- A goal finds its place in the tree.

-- Whoever owns the goal above hears what now supports it; a goal that somebody
-- was given is told to its owner.
function enter_active(doc)
  if doc.parent then
    local above = get(doc.parent)
    if above and above.owner.id ~= doc.owner.id then
      notify(above.owner, ("%s ← %s"):format(above.title, doc.title))
    end
  end
  if doc.creator and doc.creator.id ~= doc.owner.id then
    notify(doc.owner, doc.title)
  end
end

-- The weight that was agreed, from when on it is another.
local function agreed(doc, weight)
  doc.weighed = doc.weighed or weight
end

function before_change(doc)
  agreed(doc, doc.weight)
end

-- A manager may change it without asking; the next meeting talks of it.
function validate(doc)
  local stored = doc.step == "active" and not doc.weighed and get(doc.id)
  if stored and stored.weight ~= doc.weight then
    agreed(doc, stored.weight)
  end
end
