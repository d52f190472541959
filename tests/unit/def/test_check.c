/* unit/def/test_check.c - wrong definitions, each with the place and the words
 * of the one finding that it must give.
 *
 * A row puts a text into one gap of a form that is right. The mark ^ in it is
 * taken out: there the finding must be.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "suite.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "def/compile.h"

enum gap {
    ROOT,
    FIELDS,
    RULES,
    FLOW,
    REST,
    PACKAGE
};

struct wrong {
    enum gap gap;
    const char *text;
    const char *code;
    const char *says; /* a part of the message */
};

#define STEP "<step id='draft' by='owner' edit='*'>"
#define LINK "<field id='up' type='link' form='f'/>"
#define ENDS "<end id='done'/><end id='gone' state='void'/>"
#define SUBMIT "<action id='submit' to='done'/>"
#define FLOW_OF(inside) "<workflow start='draft'>" inside ENDS "</workflow>"
#define DRAFT(inside)                                                          \
    FLOW_OF(STEP inside SUBMIT "<action id='drop' to='gone'/></step>")
#define WORK(id, to)                                                           \
    "<step id='" id "' by='owner'><action id='go" id "' to='" to "'/></step>"
#define LANE(id, step, to)                                                     \
    "<lane id='" id "' start='" step "'>" WORK(step, to) "</lane>"
#define LANES_AT(place, attrs, lanes)                                          \
    FLOW_OF(STEP "<action id='submit' to='p'/><action id='drop' "              \
                 "to='gone'/></step>" place                                    \
                 "<parallel id='p' next='done' " attrs ">" lanes               \
                 "</parallel>")
#define LANES(attrs, lanes) LANES_AT("", attrs, lanes)
#define APPROVAL(attrs, inside)                                                \
    FLOW_OF(STEP "<action id='submit' to='app'/></step>"                       \
                 "<approval id='app' approved='done' rejected='gone' " attrs   \
                 ">" inside "</approval>")
#define ASKING(asks)                                                           \
    FLOW_OF(STEP "<action id='submit' to='ask'/></step>" asks                  \
                 "<step id='far' by='owner'><action id='end' to='done'/>"      \
                 "<action id='drop' to='gone'/></step>")
#define CALL_OF "<call id='ask' for='owner' next='far' "
#define CALL(attrs, inside) ASKING(CALL_OF attrs ">" inside "</call>")
#define COLLECT(attrs, inside)                                                 \
    ASKING("<collect id='ask' form='asked' next='far' " attrs ">" inside       \
           "</collect>")
#define LEVEL "<level id='lead' by='manager(owner)' nobody='skip'/>"

/* clang-format off */
static const struct wrong wrongs[] = {
    /* the form itself */
    { ROOT, "subjct='^owner'", "unknown", "did you mean \"subject\"?" },
    { ROOT, "title='{^ownr}'", "unknown", "ownr" },
    { ROOT, "unique='^nothing'", "unknown", "there is no field \"nothing\"" },
    { ROOT, "unique='^rows'", "type", "cannot be unique" },
    { ROOT, "unique='^secret'", "private", "private" },
    { ROOT, "due='^number'", "type", "must name a field of type date" },
    { ROOT, "parent='^owner'", "type", "type link" },
    { ROOT, "for='^owner'", "type", "no document here" },
    { ROOT, "from='^base'", "type", "request@3" },
    { ROOT, "from='^base@7'", "unknown", "no version 7 of the form \"base\"" },

    /* fields */
    { FIELDS, "<field id='^Total' type='text'/>", "id", "is not an id" },
    { FIELDS, "<field id='^due-day' type='date'/>", "id", "write \"due_day\"" },
    { FIELDS, "<field id='^state' type='text'/>", "reserved", "no field may be called \"state\"" },
    { FIELDS, "<field id='^settings' type='text'/>", "reserved", "settings" },
    { FIELDS, "<field id='^end' type='date'/>", "keyword", "cannot read a field called \"end\"" },
    { FIELDS, "<field id='^owner' type='text'/>", "duplicate", "already, in line 3" },
    { FIELDS, "<field id='a' type='^nubmer'/>", "unknown", "did you mean \"number\"?" },
    { FIELDS, "<field id='a' type='^film'/>", "unknown", "field type" },
    { FIELDS, "^<field type='text'/>", "required", "needs the attribute id" },
    { FIELDS, "^<field id='a'/>", "required", "needs the attribute type" },
    { FIELDS, "<field id='a' type='text' required='^yes'/>", "type", "must be \"true\" or \"false\"" },
    { FIELDS, "<field id='a' type='text' requried='^true'/>", "unknown", "did you mean \"required\"?" },
    { FIELDS, "<field id='a' type='number' min='^x'/>", "type", "must be a number" },
    { FIELDS, "<field id='a' type='number' min='5' max='^2'/>", "bounds", "below min" },
    { FIELDS, "<field id='a' type='text' max='^2.5'/>", "type", "whole number" },
    { FIELDS, "<field id='a' type='number' digits='^10'/>", "type", "from 0 to 9" },
    { FIELDS, "<field id='a' type='text' digits='^2'/>", "type", "means nothing for a field of type text" },
    { FIELDS, "<field id='a' type='number' pattern='^a+'/>", "type", "it is for texts" },
    { FIELDS, "<field id='a' type='text' pattern='^(a'/>", "pattern", "" },
    { FIELDS, "^<field id='a' type='choice'/>", "required", "needs <option>s" },
    { FIELDS, "<field id='a' type='text'>^<option id='x'/></field>", "type", "it is for choice" },
    { FIELDS, "<field id='a' type='choice'><option id='x'/><option id='^x'/></field>", "duplicate", "already" },
    { FIELDS, "<field id='a' type='choice'><option id='^a b'/></field>", "id", "word of letters" },
    { FIELDS, "<field id='a' type='choice' options='list:^regons'/>", "unknown", "did you mean \"regions\"?" },
    { FIELDS, "<field id='a' type='choice' options='^nowhere'/>", "unknown", "there is no form \"nowhere\"" },
    { FIELDS, "^<field id='a' type='rating'/>", "required", "needs scale" },
    { FIELDS, "<field id='a' type='rating' scale='^fife'/>", "unknown", "did you mean \"five\"?" },
    { FIELDS, "^<field id='a' type='period'/>", "required", "a period needs unit" },
    { FIELDS, "<field id='a' type='period' unit='^day'/>", "required", "quarter" },
    { FIELDS, "<field id='a' type='money' unit='^GLD'/>", "unknown", "is no currency" },
    { FIELDS, "^<field id='a' type='link'/>", "required", "needs form" },
    { FIELDS, "<field id='a' type='link' form='^nowhere'/>", "unknown", "there is no form \"nowhere\"" },
    { FIELDS, "<field id='a' type='date' default='^tomorrow'/>", "type", "no value of type date" },
    { FIELDS, "<field id='a' type='number' default='^ten'/>", "type", "must be a number" },
    { FIELDS, "<field id='a' type='number' default='^10' max='5'/>", "bounds", "outside" },
    { FIELDS, "<field id='a' type='choice' default='^y'><option id='x'/></field>", "unknown", "none of the options" },
    { FIELDS, "<field id='a' type='number' formula='1' default='^2'/>", "conflict", "leave out default" },
    { FIELDS, "<field id='a' type='number' formula='^nothing + 1'/>", "unknown", "nothing" },
    { FIELDS, "<field id='a' type='number' formula='number + ^numbr'/>", "unknown", "number" },
    { FIELDS, "<field id='a' type='number' formula='^summ(rows.share)'/>", "unknown", "sum" },
    { FIELDS, "<field id='a' type='number' formula='^settings.bonus'/>", "unknown", "unknown setting" },
    { FIELDS, "<field id='a' type='number' formula='^secret'/>", "private", "secret" },
    { FIELDS, "<field id='a' type='number' formula='^b'/><field id='b' type='number' formula='a'/>", "circle", "a → b → a" },
    { FIELDS, "<field id='a' type='number' total='^5'/>", "type", "a field of <items>" },
    { FIELDS, "^<items id='a'/>", "required", "at least one <field>" },
    { FIELDS, "<items id='a' max='^10001'><field id='x' type='text'/></items>", "limit", "10000 rows" },
    { FIELDS, "<items id='a' default='^x'><field id='x' type='text'/></items>", "type", "lua:NAME" },
    { FIELDS, "<items id='a' max='3'><field id='x' type='percent' max='30' total='^100'/></items>", "total", "never add up to 100" },
    { FIELDS, "<items id='a' min='4'><field id='x' type='percent' min='30' total='^100'/></items>", "total", "more than 100" },
    { FIELDS, "<items id='a'><field id='x' type='percent' readonly='true' default='30' total='^100'/></items>", "total", "rows of 30" },
    { FIELDS, "<items id='a'><field id='x' type='text'/>^<items id='b'/></items>", "unknown", "<items> in <items>" },
    { FIELDS, "<section id='s'/><section id='^s'/>", "duplicate", "section \"s\"" },
    { FIELDS, "<field id='a' type='text'>^<t label='x'/></field>", "required", "xml:lang" },
    { FIELDS, "<field id='a' type='text'><t xml:lang='en' min='^1'/></field>", "unknown", "cannot be translated" },

    /* rollups: of a field that LINK adds */
    { FIELDS, "^<rollup field='number'/>", "required", "fn" },
    { FIELDS, LINK "<rollup field='^nmber' of='f' via='up' fn='count'/>", "unknown", "did you mean \"number\"?" },
    { FIELDS, LINK "<rollup field='number' of='^g' via='up' fn='count'/>", "unknown", "no form \"g\"" },
    { FIELDS, LINK "<rollup field='number' of='^f.number' via='up' fn='count'/>", "unknown", "no table \"number\"" },
    { FIELDS, LINK "<rollup field='number' of='f' via='^owner' fn='count'/>", "type", "no link to documents of this form" },
    { FIELDS, LINK "<rollup field='number' of='f' via='^upp' fn='count'/>", "unknown", "did you mean \"up\"?" },
    { FIELDS, LINK "^<rollup field='number' of='f' fn='count'/>", "required", "via" },
    { FIELDS, LINK "<rollup field='number' of='f' via='up' match='^owner' fn='count'/>", "duplicate", "exclude" },
    { FIELDS, LINK "<rollup field='number' of='f' match='^owner:prev' fn='count'/>", "type", "cannot be matched" },
    { FIELDS, LINK "<rollup field='number' of='^f' match='owner' fn='count'/>", "circle", "in a circle" },
    { FIELDS, LINK "^<rollup field='number' of='f' via='up' fn='sum'/>", "required", "value" },
    { FIELDS, LINK "^<rollup field='number' of='f' via='up' fn='avg' value='number'/>", "required", "drop, zero or block" },
    { FIELDS, LINK "<rollup field='number' of='f' via='up' fn='^mean' value='number'/>", "unknown", "weighted" },
    { FIELDS, LINK "<rollup field='number' of='f' via='up' fn='sum' value='^nmber'/>", "unknown", "did you mean `number`?" },
    { FIELDS, LINK "<rollup field='number' of='f' via='up' fn='sum' value='^up.number'/>", "stored", "Use a rollup" },
    { FIELDS, LINK "<rollup field='number' of='f' via='up' fn='count' where='number == ^doc.nmber'/>", "unknown", "did you mean `number`?" },
    { FIELDS, LINK "<rollup field='number' of='f' via='up' fn='count' where='^doc.number &gt; 1'/>", "derived", "only what was entered" },
    { FIELDS, LINK "<rollup field='number' of='f' via='up' fn='count' when='^number == 1'/>", "derived", "before anything is worked out" },
    { FIELDS, LINK "<field id='a' type='number' formula='1'/><rollup field='^a' of='f' via='up' fn='count'/>", "duplicate", "has a formula" },
    { FIELDS, LINK "<field id='a' type='text'/><rollup field='^a' of='f' via='up' fn='count'/>", "type", "only fn=\"latest\"" },
    { FIELDS, "<field id='a' type='text' readonly='true' required='^true'/>", "required", "nothing fills" },

    /* rules */
    { RULES, "<rules>^<rule when='true'/></rules>", "required", "message" },
    { RULES, "<rules><rule field='^nmber' when='true' message='m'/></rules>", "unknown", "did you mean \"number\"?" },
    { RULES, "<rules><rule when='true' message='m' severity='^warn'/></rules>", "unknown", "warning" },
    { RULES, "<rules><rule when='true' message='m' on='^act'/></rules>", "unknown", "save" },
    { RULES, "<rules><rule when='true' message='{^nmber}'/></rules>", "unknown", "nmber" },
    { RULES, "<rules><rule when='true' message='^{number'/></rules>", "syntax", "is not closed" },

    /* the workflow */
    { FLOW, "<workflow start='^drft'>" STEP SUBMIT "<action id='drop' to='gone'/></step>" ENDS "</workflow>", "unknown", "did you mean \"draft\"?" },
    { FLOW, DRAFT("<action id='a' to='^doen'/>"), "unknown", "did you mean \"done\"?" },
    { FLOW, DRAFT("<action id='^approve' to='done'/>"), "reserved", "every work item has this verb" },
    { FLOW, DRAFT("<action id='x'/><action id='^x'/>"), "duplicate", "already" },
    { FLOW, DRAFT("<action id='x' by='^boss'/>"), "unknown", "nobody is called \"boss\"" },
    { FLOW, DRAFT("<action id='x' by='^ownr'/>"), "unknown", "did you mean \"owner\"?" },
    { FLOW, DRAFT("<action id='x' by='manager(owner^'/>"), "syntax", "\")\" is missing" },
    { FLOW, DRAFT("<action id='x' by='role(a) ^role(b)'/>"), "syntax", "a comma" },
    { FLOW, DRAFT("<action id='x' by='head(^number)'/>"), "type", "holds no unit" },
    { FLOW, DRAFT("<action id='x' by='manager(^number)'/>"), "type", "holds no people" },
    { FLOW, DRAFT("<action id='x' by='manager(owner, ^99)'/>"), "syntax", "from 1 to 64" },
    { FLOW, DRAFT("<action id='x' by='^unit(owner)'/>"), "type", "not a unit" },
    { FLOW, DRAFT("<action id='x' by='^owner except owner'/>"), "nobody", "always nobody" },
    { FLOW, DRAFT("<action id='x' comment='^yes'/>"), "unknown", "required" },
    { FLOW, DRAFT("<action id='x' when='^numbr > 1'/>"), "unknown", "number" },
    { FLOW, FLOW_OF("<step id='draft' by='owner' edit='^nubmer *'>" SUBMIT "<action id='drop' to='gone'/></step>"), "unknown", "did you mean \"number\"?" },
    { FLOW, FLOW_OF("^<step id='draft'>" SUBMIT "<action id='drop' to='gone'/></step>"), "required", "needs the attribute by" },
    { FLOW, FLOW_OF("<step id='draft' by='owner' within='^2 days'>" SUBMIT "<action id='drop' to='gone'/></step>"), "time", "30min, 4h, 2d" },
    { FLOW, FLOW_OF("<step id='draft' by='owner' due='^nextweek'>" SUBMIT "<action id='drop' to='gone'/></step>"), "unknown", "neither a date field" },
    { FLOW, FLOW_OF("<step id='draft' by='owner' due='^end'>" SUBMIT "<action id='drop' to='gone'/></step>"), "unknown", "the form has no period" },
    { FLOW, FLOW_OF("<step id='draft' by='owner' within='2d' due='^now + 1d'>" SUBMIT "<action id='drop' to='gone'/></step>"), "duplicate", "within and due" },
    { FLOW, FLOW_OF("<step id='draft' by='owner' timeout='^escalate'>" SUBMIT "<action id='drop' to='gone'/></step>"), "required", "never reached" },
    { FLOW, FLOW_OF("<step id='draft' by='owner' within='2d' timeout='^approve'>" SUBMIT "<action id='drop' to='gone'/></step>"), "unknown", "transfer:WHO, to:STEP" },
    { FLOW, FLOW_OF("<step id='draft' by='owner' within='2d' timeout='^to:nowhere'>" SUBMIT "<action id='drop' to='gone'/></step>"), "unknown", "nowhere" },
    { FLOW, FLOW_OF("<step id='draft' by='owner' within='2d' timeout='^transfer:bos'>" SUBMIT "<action id='drop' to='gone'/></step>"), "unknown", "bos" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='w'/><action id='drop' to='gone'/></step>^<wait id='w' next='done'/>"), "required", "what does \"w\" wait for" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='w'/><action id='drop' to='gone'/></step><wait id='w' until='^soon' next='done'/>"), "unknown", "soon" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='w'/><action id='drop' to='gone'/></step><wait id='w' signal='^approve' next='done'/>"), "reserved", "every work item" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='w'/><action id='drop' to='gone'/></step><wait id='w' signal='paid' next='^dnoe'/>"), "unknown", "did you mean \"done\"?" },
    { FLOW, FLOW_OF(STEP SUBMIT "<action id='drop' to='gone'/></step>^<step id='lost' by='owner'><action id='x' to='done'/></step>"), "unreached", "\"lost\"" },
    { FLOW, FLOW_OF(STEP SUBMIT "<action id='drop' to='gone'/><action id='x' to='trap'/></step>^<step id='trap' by='owner'/>"), "endless", "\"trap\"" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='b'/></step>^<branch id='b'><go when='urgent' to='done'/><go when='not urgent' to='gone'/></branch>"), "required", "when nothing holds" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='b'/></step><branch id='b'><go to='done'/>^<go when='urgent' to='gone'/></branch>"), "unreached", "always holds" },
    { FLOW, FLOW_OF("<step id='draft' by='owner' require='^number'>" SUBMIT "<action id='drop' to='gone'/></step>"), "required", "nobody may edit it here or before" },
    /* lanes */
    { FLOW, LANES("join='^some'", LANE("a", "x", "join") LANE("b", "y", "join")), "unknown", "all, any, or how many" },
    { FLOW, LANES("join='^3'", LANE("a", "x", "join") LANE("b", "y", "join")), "limit", "waits for more lanes" },
    { FLOW, LANES_AT("^", "", LANE("a", "x", "join")), "required", "at least two lanes" },
    { FLOW, LANES("", LANE("a", "x", "join") "<lane id='^a' start='y'>" WORK("y", "join") "</lane>"), "duplicate", "already, in line" },
    { FLOW, LANES("", LANE("a", "x", "join") "<lane id='b' start='^x'>" WORK("y", "join") "</lane>"), "lane", "from outside one comes there" },
    { FLOW, LANES("", LANE("a", "x", "join") "<lane id='b' start='^done'>" WORK("y", "join") "</lane>"), "lane", "begins with a step of its own" },
    { FLOW, LANES("", LANE("a", "x", "join") "^<lane id='b' start='y'>" WORK("y", "done") "</lane>"), "endless", "leads to \"join\"" },
    { FLOW, LANES("", LANE("a", "x", "join") "<lane id='b' start='y'>" WORK("y", "join'/><action id='on' to='^x") "</lane>"), "lane", "is of the lane \"a\"" },
    { FLOW, LANES("", LANE("a", "x", "join") "<lane id='b' start='y'>" WORK("y", "join") "^<end id='z'/></lane>"), "unknown", "<end> in <lane>" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='^join'/></step>"), "unknown", "\"join\"" },

    /* approvals */
    { FLOW, APPROVAL("", "^<level id='lead' by='manager(owner)'/>"), "required", "what if nobody is found" },
    { FLOW, APPROVAL("", "<level id='lead' by='manager(owner)' nobody='^person'/>"), "unknown", "nobody=\"person\" is not possible" },
    { FLOW, APPROVAL("", "<level id='lead' nobody='skip' by='^'/>"), "syntax", "somebody is missing" },
    { FLOW, CALL("form='^askd'", ""), "unknown", "there is no form \"askd\"" },
    { FLOW, CALL("form='^plain'", ""), "type", "give it subject=\"FIELD\"" },
    { FLOW, CALL("form='^hung'", ""), "type", "hang under \"plain\", not under this form" },
    { FLOW, CALL("form='asked' each='^number'", ""), "type", "\"number\" is no table" },
    { FLOW, CALL("form='asked' wait='^some'", ""), "unknown", "all, none" },
    { FLOW, CALL("form='asked'", "^<set field='mork' value='1'/>"), "unknown", "did you mean \"mark\"?" },
    { FLOW, CALL("form='asked'", "^<set field='twice' value='1'/>"), "derived", "computed and cannot be set" },
    { FLOW, CALL("form='asked'", "^<set field='who' value='owner'/>"), "derived", "whom each document is about" },
    { FLOW, CALL("form='asked'", "<set field='mark' value=\"^'x'\"/>"), "type", "a number is needed here" },
    { FLOW, CALL("form='asked'", "<set field='mark' value='^numbre'/>"), "unknown", "did you mean `number`?" },
    { FLOW, CALL("form='asked'", "<set field='mark' value='^secret'/>"), "private", "secret" },
    { FLOW, CALL("form='asked'", "<set field='mark' value='1'/><set field='^mark' value='2'/>"), "duplicate", "set already" },
    { FLOW, COLLECT("from='owner' floor='^2'", ""), "floor", "write at least 3" },
    { FLOW, COLLECT("from='owner' enough='^1.2'", ""), "type", "such as 0.8" },
    { FLOW, COLLECT("from='owner' weight='^-1'", ""), "type", "at least 0" },
    { FLOW, COLLECT("from='owner' min='^2'", ""), "required", "Write short=\"STEP\"" },
    { FLOW, ASKING("^<collect id='ask' form='asked' next='far'/>"), "required", "asks nobody" },
    { FLOW, COLLECT("from='^owner'", "<group id='g' from='owner'/>"), "type", "not on both" },
    { FLOW, COLLECT("", "<group id='^mark' from='owner'/>"), "reserved", "`ask.mark` is a column" },
    { FLOW, COLLECT("", "<group id='g' from='owner'/><group id='^g' from='owner'/>"), "duplicate", "there is a group \"g\" already" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='number'/><action id='end' to='done'/></step><collect id='^number' form='asked' from='owner' next='gone'/>"), "duplicate", "could not tell the collect from it" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='state'/><action id='end' to='done'/></step><collect id='^state' form='asked' from='owner' next='gone'/>"), "reserved", "no collect may be called" },
    { FLOW, ASKING("<collect id='ask' form='^watched' from='owner' anonymous='true' next='far'/>"), "anonymous", "step \"fill\" of \"watched\" needs by=\"creator\"" },
    { FLOW, APPROVAL("", LEVEL "<level id='^lead' by='owner' nobody='skip'/>"), "duplicate", "level \"lead\"" },
    { FLOW, APPROVAL("", "<level id='lead' nobody='skip' by='owner' agree='^some'/>"), "unknown", "agree" },
    { FLOW, APPROVAL("", "<level id='lead' nobody='skip' by='owner' agree='^share:2'/>"), "type", "share:0.6" },
    { FLOW, APPROVAL("", "<level id='lead' nobody='skip' by='owner' order='^serial'/>"), "unknown", "one-by-one" },
    { FLOW, APPROVAL("", "<level id='lead' nobody='skip' by='owner' return='^all'/>"), "unknown", "any, start, previous" },
    { FLOW, APPROVAL("", "<level id='lead' nobody='skip' by='owner' timeout='^approve'/>"), "required", "never reached" },
    { FLOW, APPROVAL("", "<level id='lead' nobody='skip' by='owner' within='1wd' timeout='^wait'/>"), "unknown", "remind, escalate" },
    { FLOW, APPROVAL("timeout='^escalate'", LEVEL), "required", "never reached" },
    { FLOW, APPROVAL("", "<level id='lead' nobody='skip' by='owner' remind='^0d'/>"), "time", "no duration" },
    { FLOW, APPROVAL("", LEVEL "<fast-track when='urgent' levels='^leed'/>"), "unknown", "did you mean \"lead\"?" },
    { FLOW, APPROVAL("", LEVEL "<climb from='owner' nobody='skip' levels='^65'/>"), "type", "from 1 to 64" },
    { FLOW, APPROVAL("", "<climb id='up' from='owner' nobody='skip' levels='2'/><level id='^up-2' by='owner' nobody='skip'/>"), "duplicate", "level \"up-2\"" },
    { FLOW, APPROVAL("", LEVEL "<climb from='owner' nobody='skip' levels='1' until='grade(^aprover) > 8'/>"), "unknown", "approver" },
    { FLOW, APPROVAL("max-levels='^9'", LEVEL), "limit", "policy allows: 3" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='app'/></step>^<approval id='app' approved='done' rejected='gone'>" LEVEL "<climb from='owner' nobody='skip' levels='3'/></approval>"), "limit", "has 4 levels" },
    { FLOW, FLOW_OF(STEP "<action id='submit' to='app'/><action id='drop' to='gone'/></step>^<approval id='app' approved='done'>" LEVEL "</approval>"), "required", "rejected" },

    /* access */
    { REST, "<access><grant to='owner' rights='^raed'/></access>", "unknown", "did you mean \"read\"?" },
    { REST, "<access><grant to='^lua(pick)' rights='read'/></access>", "type", "never access" },
    { REST, "<access><create by='^creator'/></access>", "type", "no document here" },
    { REST, "<access><create by='me'/>^<create by='me'/></access>", "duplicate", "join the people" },
    { REST, "<access><grant to='owner' rights='read' fields='^hidden'/></access>", "private", "secret" },
    { REST, "<access><grant to='owner' rights='read' fields='^nubmer'/></access>", "unknown", "number" },
    { REST, "<access><grant to='owner' rights='read' when='^number + 1 > 2'/></access>", "query", "lists are filtered" },
    { REST, "<access><grant to='owner' rights='read' when='number > 2 and ^stale(3)'/></access>", "query", "lists are filtered" },
    { REST, "<access><hide fields='number' from='owner' when='^count(rows) > 1'/></access>", "query", "lists are filtered" },
    { REST, "<access>^<attach by='owner'/></access>", "unknown", "<attach>" },

    /* views, hooks */
    { REST, "<views><list columns='^nubmer'/></views>", "unknown", "did you mean \"number\"?" },
    { REST, "<views>^<list/></views>", "required", "columns" },
    { REST, "<views><chart kind='bar' of='^number' x='a' y='b'/></views>", "type", "is no table" },
    { REST, "<views><chart kind='bar' of='rows' x='^shaer' y='share'/></views>", "unknown", "rows.share" },
    { REST, "<views><related form='^nowhere' match='owner'/></views>", "unknown", "nowhere" },
    { REST, "<hooks src='^nowhere.lua'/>", "unknown", "no file \"nowhere.lua\"" },
    { REST, "<hooks run-as='^root'/>", "unknown", "me, system" },

    /* the package */
    { PACKAGE, "<setting id='^a-b' type='number'/>", "id", "a_b" },
    { PACKAGE, "<setting id='a' type='^nmber'/>", "unknown", "did you mean \"number\"?" },
    { PACKAGE, "<setting id='a' type='number' default='^x'/>", "type", "must be a number" },
    { PACKAGE, "<setting id='a' type='date' default='^x'/>", "type", "2026-10-31" },
    { PACKAGE, "^<scale id='s'/>", "required", "at least one <point>" },
    { PACKAGE, "<scale id='s'>^<point id='a'/></scale>", "required", "value" },
    { PACKAGE, "<list id='l'><option id='x'/></list><list id='^l'><option id='x'/></list>", "duplicate", "\"l\"" },
    { PACKAGE, "<policy deploy-by='^owner'/>", "type", "no document here" },
    { PACKAGE, "<policy max-levels='^0'/>", "type", "from 1 to 64" },
};
/* clang-format on */

static const char PACKAGE_TEXT[] =
    "<package xmlns='urn:weft:1' id='p' lang='en'>\n"
    "<setting id='bonus_cap' type='number' default='10'/>"
    "<scale id='five'><point id='one' value='1'/></scale>"
    "<list id='regions'><option id='east'/></list>"
    "<policy max-levels='3'/>\n</package>";

/* A form, with gaps for: attributes, fields, rules, workflow, the rest. */
static const char FORM_TEXT[] =
    "<form xmlns='urn:weft:1' id='f' subject='owner' %s>\n"
    "<fields>\n"
    "<field id='owner' type='person'/><field id='number' type='number'/>"
    "<field id='urgent' type='boolean'/>"
    "<section id='hidden'><field id='secret' type='number' private='true'/>"
    "</section>"
    "<items id='rows'><field id='share' type='percent'/></items>\n"
    "%s\n</fields>\n"
    "%s\n%s\n%s\n</form>";

static struct wf_arena *arena;

static void setup(void)
{
    arena = wf_arena_new();
}

static void teardown(void)
{
    wf_arena_free(arena);
}

/* Forms that others ask for. */
#define ASKED_TEXT(id, attrs, by)                                              \
    "<form xmlns='urn:weft:1' id='" id "' label='A' " attrs "><fields>"        \
    "<field id='up' type='link' form='plain' label='U'/>"                      \
    "<field id='who' type='person' label='W'/>"                                \
    "<field id='mark' type='number' label='M'/>"                               \
    "<field id='twice' type='number' label='T' formula='mark * 2'/></fields>"  \
    "<workflow start='fill'><step id='fill' by='" by "' edit='*'>"             \
    "<action id='send' to='done'/></step><end id='done'/></workflow></form>",  \
        0

/* The text without its mark; the mark's column, and line of the gap. */
static const char *without_mark(const char *text, int *column)
{
    const char *mark = strchr(text, '^');

    *column = mark ? (int)(mark - text) + 1 : 0;
    return mark ? wf_arena_printf(arena, "%.*s%s", (int)(mark - text), text,
                                  mark + 1)
                : text;
}

static void compile(const char *package, const char *form,
                    struct wf_diags *diags)
{
    struct wf_text_file files[] = {
        { "package.xml", package, strlen(package) },
        { "f.form.xml", form, strlen(form) },
        { "asked.form.xml", ASKED_TEXT("asked", "subject='who'", "creator") },
        { "plain.form.xml", ASKED_TEXT("plain", "", "creator") },
        { "hung.form.xml",
          ASKED_TEXT("hung", "subject='who' parent='up'", "creator") },
        { "watched.form.xml", ASKED_TEXT("watched", "", "who") },
    };
    struct wf_compile_options options = { 0 };
    struct wf_bundle bundle;

    for (size_t i = 2; i < WF_COUNT(files); i++)
        files[i].len = strlen(files[i].text);
    wf_compile(arena, files, WF_COUNT(files), &options, diags, &bundle);
}

static const char *form_with(enum gap gap, const char *text)
{
    return wf_arena_printf(arena, FORM_TEXT, gap == ROOT ? text : "",
                           gap == FIELDS ? text : "", gap == RULES ? text : "",
                           gap == FLOW ? text : DRAFT(""),
                           gap == REST ? text : "");
}

static const char *package_with(const char *text)
{
    return wf_arena_printf(
        arena, "<package xmlns='urn:weft:1' id='p' lang='en'>\n%s\n</package>",
        text);
}

/* What stands before a gap in its line. */
static int shift_of(enum gap gap)
{
    const char *attrs = strstr(FORM_TEXT, "%s");

    return gap == ROOT ? (int)(attrs - FORM_TEXT) : 0;
}

static int line_of(enum gap gap)
{
    static const int lines[] = { 1, 4, 6, 7, 8, 2 };

    return lines[gap];
}

static const char *written(const struct wf_diags *diags)
{
    struct wf_buf out = WF_BUF_INIT(arena);

    wf_diags_write(diags, &out);
    return wf_buf_text(&out);
}

START_TEST(a_right_form_has_no_findings)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");

    compile(PACKAGE_TEXT, form_with(REST, ""), &diags);

    ck_assert_msg(!diags.n, "%s", written(&diags));
}
END_TEST

START_TEST(what_was_collected_is_a_table_for_formulas)
{
    static const char *const formulas[][2] = {
        { "weighted(ask.mark, ask.weight, 'drop')", "" },
        { "ask.g.mark + ask.g.answers", "" },
        { "sum(ask.answers)", "" },
        { "ask.g.mork", "did you mean `mark`?" },
        { "ask.g", "`ask.g` is a group" },
        { "ask.h.mark", "`ask` has no `h`" },
    };

    for (size_t i = 0; i < WF_COUNT(formulas); i++) {
        struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
        const char *field = wf_arena_printf(
            arena, "<field id='c' type='number' formula=\"%s\"/>",
            formulas[i][0]);

        compile(PACKAGE_TEXT,
                wf_arena_printf(arena, FORM_TEXT, "", field, "",
                                COLLECT("", "<group id='g' from='owner'/>"),
                                ""),
                &diags);
        ck_assert_msg(strstr(written(&diags), formulas[i][1])
                          && (*formulas[i][1] || !diags.n),
                      "%s: %s", formulas[i][0], written(&diags));
    }
}
END_TEST

START_TEST(each_mistake_is_found_once_at_its_place_in_plain_words)
{
    const struct wrong *row = &wrongs[_i];
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    int column;
    const char *text = without_mark(row->text, &column);

    if (row->gap == PACKAGE)
        compile(package_with(text),
                "<form xmlns='urn:weft:1' id='f'><fields/>" FLOW_OF(
                    "<step id='draft' by='creator'>" SUBMIT
                    "<action id='drop' to='gone'/></step>") "</form>",
                &diags);
    else
        compile(PACKAGE_TEXT, form_with(row->gap, text), &diags);

    ck_assert_msg(diags.n == 1, "%s: %zu findings\n%s", row->text, diags.n,
                  written(&diags));
    ck_assert_msg(diags.at[0].place.line == line_of(row->gap)
                      && diags.at[0].place.column
                             == column + shift_of(row->gap),
                  "%s: wanted column %d\n%s", row->text,
                  column + shift_of(row->gap), written(&diags));
    ck_assert_msg(!strcmp(diags.at[0].code, row->code), "%s: code %s\n%s",
                  row->text, diags.at[0].code, written(&diags));
    ck_assert_msg(strstr(diags.at[0].message, row->says), "%s\n%s", row->text,
                  written(&diags));
}
END_TEST

START_TEST(all_mistakes_are_told_at_once_in_order_of_the_text)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");

    compile(PACKAGE_TEXT,
            form_with(FIELDS, "<field id='A' type='text'/>\n"
                              "<field id='b' type='tekst'/>\n"
                              "<field id='c' type='number' formula='zzz'/>"),
            &diags);

    ck_assert_uint_eq(diags.n, 3);
    ck_assert_int_eq(diags.at[0].place.line, 4);
    ck_assert_int_eq(diags.at[1].place.line, 5);
    ck_assert_int_eq(diags.at[2].place.line, 6);
}
END_TEST

START_TEST(findings_are_told_in_chinese_too)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "zh-CN");

    compile(PACKAGE_TEXT, form_with(FIELDS, "<field id='a' type='nubmer'/>"),
            &diags);

    ck_assert_uint_eq(diags.n, 1);
    ck_assert(strstr(diags.at[0].message, "没有"));
}
END_TEST

START_TEST(a_form_of_20_kb_compiles_at_once)
{
    struct wf_diags diags = WF_DIAGS_INIT(arena, "en");
    struct wf_buf fields = WF_BUF_INIT(arena);
    int64_t began;

    for (int i = 0; fields.len < 20000; i++)
        wf_buf_printf(&fields,
                      "<field id='n%d' type='number' label='Number %d'"
                      " formula='number * %d + sum(rows.share)'/>\n",
                      i, i, i);
    began = wf_thread_cpu_us();
    compile(PACKAGE_TEXT, form_with(FIELDS, wf_buf_text(&fields)), &diags);
    printf("def: 20 KB compiled in %d us\n", (int)(wf_thread_cpu_us() - began));

    ck_assert_msg(!diags.n, "%s", written(&diags));
}
END_TEST

TCase *check_tests(void)
{
    TCase *tc = tcase_create("def/check");

    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_right_form_has_no_findings);
    tcase_add_test(tc, what_was_collected_is_a_table_for_formulas);
    tcase_add_loop_test(tc,
                        each_mistake_is_found_once_at_its_place_in_plain_words,
                        0, (int)WF_COUNT(wrongs));
    tcase_add_test(tc, all_mistakes_are_told_at_once_in_order_of_the_text);
    tcase_add_test(tc, findings_are_told_in_chinese_too);
    tcase_add_test(tc, a_form_of_20_kb_compiles_at_once);
    return tc;
}
