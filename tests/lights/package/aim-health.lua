function on_alert(doc, level)
  if doc.note == "break" then error("broken on purpose") end
  if doc.note == "open" then
    create("aim", { name = level.id .. " of " .. doc.name, owner = doc.owner.id })
  end
end
