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
