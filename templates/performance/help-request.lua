function enter_asked(doc)
  notify("manager(who)", ("%s: %s"):format(doc.who.name, doc.what or ""))
end

function before_solve(doc)
  if not doc.answer then
    fail("answer", t("answer") .. " …?")
  end
end

function enter_solved(doc)
  doc.answered = now()
  notify(doc.who, doc.answer)
end
