function on_alert(doc, level)
  log(doc.id, level.id)
end
