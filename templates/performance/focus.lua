function enter_announced(doc)
  notify("everyone", doc.title)
end
