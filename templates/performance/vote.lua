-- What has been answered is not voted for any more.
function enter_cast(doc)
  local point = get(doc.about)
  if not point or point.state ~= "open" then
    fail("about", point and point.title or t("about"))
  end
end
