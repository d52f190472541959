function before_block(doc)
  if not doc.blocker then
    fail("blocker", t("blocker") .. " …?")
  end
end

function enter_blocked(doc)
  notify("manager(owner)", ("%s: %s"):format(doc.title, doc.blocker))
end

function enter_done(doc)
  doc.finished = today()
end
