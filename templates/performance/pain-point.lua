function enter_solved(doc)
  if doc.creator then
    notify(doc.creator, ("✓ %s"):format(doc.title))
  end
end
