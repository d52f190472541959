-- One receipt in the transaction that ends a trip, without a key: what is done
-- twice makes two. One by a job for each submit, which may run twice: its key
-- is the act's.

function enter_done(doc)
  create("receipt", { trip = doc.id, kind = "done" })
end

function after_submit(doc, act)
  create("receipt", { trip = doc.id, kind = "submit" }, { key = act.comment })
end
