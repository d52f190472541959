function a() local t = {} t.t = t return t end
function b() return { 1, nil, 3 } end
function c() return 0 / 0, 2 ^ 53, math.maxinteger end
function d() return ("x"):rep(1 << 20) .. "\xFF" end
function e(doc) doc.list = nil doc[1] = null return doc end
goto done
::done::
