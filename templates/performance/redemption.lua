-- The price is that of the moment, whatever the gift costs later.
function before_redeem(doc)
  local gift = get(doc.gift)
  if not gift or gift.state ~= "open" then
    fail("gift", t("gift") .. " …?")
  end
  require("points").wallet(doc.owner)
  doc.cost = gift.cost
end
