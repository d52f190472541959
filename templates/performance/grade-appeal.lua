-- What was granted is set over the grade, with the words of who decided.
function enter_granted(doc)
  override(doc.review, "grade", doc.grade, "申诉：" .. doc.because)
end
