function enter_done(doc)
  override(doc.sheet, "grade", doc.grade, "appeal: " .. doc.why)
end
