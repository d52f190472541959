-- Who begins about somebody else is the one who writes.
function validate(doc)
  if not doc.giver and doc.creator and doc.creator.id ~= doc.about.id then
    doc.giver = doc.creator
  end
end

function before_ask(doc)
  if not doc.giver then
    fail("giver", t("giver") .. " …?")
  end
end

function before_give(doc)
  if not doc.keep and not doc.change and not doc.voice then
    fail("keep", t("keep") .. " / " .. t("change") .. " …?")
  end
end

function enter_writing(doc)
  if doc.question then
    notify(doc.giver, ("%s: %s"):format(doc.about.name, doc.question))
  end
end

function enter_done(doc)
  notify(doc.about, doc.title)
end

-- Points are for the first words of a week to the same colleague.
function after_give(doc)
  local week = year(today()) .. "-" .. week(today())
  require("points").earn(doc.giver, "feedback", ("feedback %s %s %s"):format(doc.giver.login, doc.about.login, week))
end
