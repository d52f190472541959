-- wrappers - the rest of a form or package around a part that a page shows.
--
-- SPDX-License-Identifier: Apache-2.0
local wrappers = {}

local package_open = [[
<package xmlns="urn:weft:1" id="sample" label="Sample" lang="en" timezone="Asia/Shanghai">]]

local package_parts = [[

  <setting id="bonus_cap" type="number" default="10" label="Cap of bonus points"/>
  <scale id="five" label="Five steps">
    <point id="5" value="5" label="Outstanding"/>
    <point id="4" value="4" label="Very good"/>
    <point id="3" value="3" label="As expected"/>
    <point id="2" value="2" label="To be improved"/>
    <point id="1" value="1" label="Not sufficient"/>
  </scale>
  <list id="regions" label="Regions">
    <option id="east" label="East"/>
    <option id="west" label="West"/>
  </list>
  <policy nobody="admin"/>
]]

local package = package_open .. package_parts .. "</package>\n"

-- What each part is in a form that shows another one.
local fields = [[
    <field id="owner" type="person" label="Owner" default="me"/>
    <field id="title" type="text" label="Title"/>
    <field id="amount" type="number" label="Amount" index="true"/>
    <field id="urgent" type="boolean" label="Urgent"/>
    <field id="team_unit" type="unit" label="Unit"/>
    <field id="project" type="text" label="Project"/>
    <field id="reviewers" type="people" label="Reviewers"/>
    <field id="grade" type="text" label="Grade"/>
    <field id="notes" type="longtext" label="Notes" private="true"/>
    <field id="due" type="date" label="Due"/>
    <field id="parent" type="link" form="sample" label="Parent"/>
    <items id="lines" label="Lines">
      <field id="what" type="text" label="What"/>
      <field id="cost" type="number" label="Cost"/>
      <field id="keeper" type="person" label="Keeper"/>
    </items>]]

local workflow = [[
  <workflow start="draft">
    <step id="draft" label="Draft" by="creator" edit="*">
      <action id="submit" label="Submit" to="done"/>
    </step>
    <end id="done" label="Done"/>
  </workflow>]]

local access = [[
  <access>
    <create by="everyone"/>
    <grant to="creator" rights="read comment"/>
  </access>]]

-- For whom takes values out of one.
local metric = [[
<metric xmlns="urn:weft:1" id="first-pass" label="First-pass yield" unit="%"/>
]]

wrappers.parts = {
    fields = true, rules = true, workflow = true, access = true, views = true,
    package = true, adjust = true, retention = true,
}

local function form(parts)
    local subject = parts.fields:find('id="owner" type="person"', 1, true)
                    and ' subject="owner"' or ""
    if parts.fields:find('id="parent" type="link"', 1, true) then
        subject = subject .. ' parent="parent"'
    end
    return table.concat {
        '<form xmlns="urn:weft:1" id="sample" label="Sample"', subject, ">\n",
        "<fields>\n", parts.fields, "\n</fields>\n", parts.rules or "",
        parts.workflow or workflow, "\n", parts.access or access, "\n",
        parts.views or "", parts.retention or "", parts.hooks or "", "</form>\n",
    }
end

-- The files of a whole form; its hook file is there, but empty.
function wrappers.form(text)
    local id = text:match '<form[^>]-%sid="([^"]+)"'
    local hook = text:match '<hooks[^>]-%ssrc="([^"]+)"'
    local files = { ["package.xml"] = package, [id .. ".form.xml"] = text }
    if hook then
        files[hook] = ""
    end
    return files
end

-- The files around one part.
function wrappers.part(name, text)
    if name == "package" then
        local whole = text:find("<package", 1, true)
        return { ["package.xml"] = whole and text
                 or package_open .. "\n" .. text .. "</package>\n" }
    end
    local parts = { fields = fields }
    if name == "adjust" then -- of a form that stands on another page
        local id = text:match 'forms="(%S+)"'
        return {
            ["package.xml"] = package_open .. package_parts .. text .. "</package>\n",
            [id .. ".form.xml"] = form {
                fields = fields .. [[

    <field id="points" type="number" label="Points" max="5"/>]],
                workflow = workflow:gsub('to="done"', 'to="long"')
                                   :gsub("<end", [[
<approval id="long" label="Long" approved="done" rejected="draft"><level id="lead" label="Lead" by="manager(owner)"/></approval>
    <end]]),
            }:gsub('"sample"', '"' .. id .. '"'),
        }
    end
    parts[name] = text
    return { ["package.xml"] = package, ["sample.form.xml"] = form(parts),
             ["first-pass.metric.xml"] = metric }
end

-- A cycle, beside the forms that it asks for.
function wrappers.cycle(text)
    return {
        ["package.xml"] = package,
        ["sample.cycle.xml"] = text,
        ["review.form.xml"] = [[
<form xmlns="urn:weft:1" id="review" label="Review" subject="owner">
  <fields>
    <field id="owner" type="person" label="Owner" index="true"/>
    <field id="period" type="period" unit="quarter" label="Period"/>
    <field id="about" type="text" label="About"/>
    <field id="grade" type="choice" label="Grade">
      <option id="A"/><option id="B"/><option id="C"/>
    </field>
  </fields>]] .. workflow .. access .. "</form>\n",
        ["mood.form.xml"] = [[
<form xmlns="urn:weft:1" id="mood" label="Mood">
  <fields><field id="mood" type="number" label="Mood"/></fields>]]
            .. workflow .. "</form>\n",
    }
end

-- A form whose work is given to `who`; access where words allow it.
function wrappers.who(who)
    local files = wrappers.part("workflow", ([[
  <workflow start="draft">
    <step id="draft" label="Draft" by="%s" edit="*">
      <action id="submit" label="Submit" to="done"/>
    </step>
    <end id="done" label="Done"/>
  </workflow>]]):format(who))
    if who:find("lua(", 1, true) then
        files["sample.form.xml"] = files["sample.form.xml"]:gsub(
            "</form>", '<hooks src="sample.lua"/></form>')
        files["sample.lua"] = "function pick(doc) return { doc.owner } end\n"
    else
        files["sample.form.xml"] = files["sample.form.xml"]:gsub(
            'to="creator" rights', function()
                return 'to="' .. who .. '" rights'
            end)
    end
    return files
end

return wrappers
