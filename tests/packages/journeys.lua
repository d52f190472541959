-- journeys - what people do with the form of every construct; the lines are
-- those of tests/support/lua/journey.lua.
--
-- SPDX-License-Identifier: Apache-2.0
return {
    { name = "a document goes through levels, a return and its end", text = [[
sun: create {"code": "AB-1", "story": "Once", "size": 6}   => draft
sun: get                                                   => total = 30
sun: get                                                   => f_unit = sales
sun: get                                                   => f_days = 2220
sun: submit                                                => main
sun: get                                                   => stamp = submit go big
zhangwei: approve {"comment": "stop"}                      => refused: Stopped by the hook.
lina: approve                                              => refused: does not ask you
zhangwei: approve                                          => main
zhangwei: approve                                          => refused: decided already
lina: return {"to": "lead", "comment": "Look again"}       => main
zhangwei: approve                                          => main
lina: approve                                              => main
zhao: approve                                              => refused: Secret is missing
zhao: approve {"data": {"secret": "s"}}                    => work
sun: finish {"data": {"done": "nearly there"}}             => closed
sun: finish                                                => refused: too late
- tick
zhangwei: notifications                                    => says: AB-1 is finished
]] },
    { name = "a fast track asks the manager alone, and a hook follows up", text = [[
sun: create {"code": "AB-2", "story": "Soon", "urgent": true, "size": 60}  => draft
sun: submit                                     => refused: Reason is missing
sun: submit {"data": {"reason": "fire"}}        => main
zhangwei: approve                               => work
sun: get                                        => says: "name":"Sun Yue"
sun: finish                                     => closed
sun: children                                   => says: ZZ-1
sun: notifications                              => says: 1 of 60
]] },
    { name = "lanes go beside each other and join", text = [[
sun: create {"code": "AB-9", "story": "Wide", "size": 9, "kind": "small", "urgent": true, "reason": "haste"}  => draft
sun: submit                                     => main
zhangwei: approve                               => work
sun: spread                                     => lanes
wang: deed                                      => says: l_two
zhao: two                                       => says: joined
zhao: two                                       => refused: not possible in step
chen: approve                                   => work
sun: spread                                     => lanes
chen: reject                                    => work
sun: spread                                     => lanes
chen: approve                                   => says: joined
]] },
    { name = "votes are counted as their level says", text = [[
sun: create {"code": "AB-3", "story": "Vote"}   => draft
sun: quick                                      => votes
zhao: approve                                   => votes
chen: approve                                   => votes
wang: approve                                   => votes
wang: approve                                   => votes
chen: approve                                   => votes
chen: approve                                   => votes
zhao: approve                                   => votes
zhangwei: approve                               => work
]] },
    { name = "saves and actions refuse what the form forbids", text = [[
sun: create {"code": "nonsense"}                => refused: has not the form
sun: create {"code": "NO-1"}                    => refused: Not this one.
sun: create {"code": "AB-4", "size": 14}        => refused: Never 14.
sun: create {"code": "AB-4", "size": 1.234}     => refused: at most 2 digits
sun: create {"code": "AB-4", "total": 3}        => refused: derived
sun: create {"code": "AB-4", "wrong": 3}        => refused: unknown
sun: create {"code": "AB-4", "size": 13}        => draft
sun: submit                                     => refused: Story is missing
sun: submit {"data": {"story": "x"}}            => refused: Not thirteen.
sun: patch {"size": 7}                          => says: Size is seven
sun: get                                        => place = sales
sun: patch {"story": "x", "lines": [{"what": "a", "weight": 50, "score": -1}]}  => draft
sun: submit                                     => refused: must total 100
sun: submit                                     => refused: A score is not negative.
sun: patch {"lines": [{"what": "a", "weight": 100, "score": 1}]}  => draft
sun: note                                       => refused: Please say why.
sun: note {"comment": "a note"}                 => draft
sun: create {"code": "AB-4"}                    => refused: There is already a document
sun: discard                                    => void
sun: create {"code": "AB-4"}                    => draft
]] },
    { name = "access holds at every door", text = [[
sun: create {"code": "AB-6", "story": "Seen", "size": 6, "helper": "zhangwei"}  => draft
sun: patch {"secret": "hidden"}                 => refused: unknown
sun: get                                        => lacks: "grade":
lina: get                                       => grade = C
lina: get                                       => lacks: "secret":
wang: get                                       => code = AB-6
wang: get                                       => lacks: "story":
wang: patch {"size": 1}                         => refused: nothing to fill in
wang: submit                                    => refused: not yours
sun: submit                                     => main
zhangwei: approve {"data": {"secret": "s-1"}}   => main
zhao: get                                       => secret = s-1
zhao: history                                   => says: s-1
zhangwei: history                               => lacks: s-1
sun: history                                    => lacks: s-1
wang: history                                   => lacks: s-1
sun: get                                        => lacks: s-1
zhao: patch {"size": 8}                         => main
]] },
    { name = "the submitter takes it back until somebody has decided", text = [[
sun: create {"code": "AB-5", "story": "Back"}   => draft
sun: submit                                     => main
sun: withdraw                                   => draft
sun: submit                                     => main
zhangwei: approve                               => main
sun: withdraw                                   => refused: Too late
zhangwei: withdraw                              => main
zhangwei: reject {"comment": "no"}              => draft
]] },
}
