-- It makes something, and only then finds that it does not want to be done.
function enter_done(doc)
  create("piece", { name = "made by " .. (doc.name or "nobody"), owner = doc.owner })
  if doc.name == "stubborn" then
    fail("name", "Not this one.")
  end
end
