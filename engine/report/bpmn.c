/* report/bpmn.c - the workflow of a form as a drawn diagram (BPMN 2.0 with its
 * diagram interchange).
 *
 * Each step becomes a node, or a few: an approval has one for each level, and a
 * gateway behind it for the two answers. Ids are of the form's own, which are
 * NCNames, each with a word before it.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/bpmn.h"

#include "base/map.h"
#include "base/messages.h"
#include "base/text.h"
#include "markup/elem.h"
#include "report/diagram.h"

struct drawing {
    struct wf_diagram diagram;
    const struct wf_form *form;
    const char *lang;
    struct wf_map entries; /* step id → its struct entry */
};

/* Where a step is entered. */
struct entry {
    const struct wf_step *step;
    int node;
    int join; /* of a parallel: where its lanes meet */
};

static const char *id_of(struct drawing *d, const char *kind, const char *a,
                         const char *b)
{
    return b ? wf_arena_printf(d->diagram.arena, "%s-%s--%s", kind, a, b)
             : wf_arena_printf(d->diagram.arena, "%s-%s", kind, a);
}

static const char *label_of(const struct drawing *d,
                            const struct wf_words *words, const char *id)
{
    return wf_words_label(words, d->lang, id);
}

static int add_node(struct drawing *d, enum wf_shape_kind shape,
                    const char *tag, const char *id, const char *name)
{
    *WF_PUSH(d->diagram.arena, &d->diagram.nodes) = (struct wf_node){
        .id = id, .tag = tag, .name = name, .shape = shape, .host = -1
    };
    return (int)d->diagram.nodes.n - 1;
}

static struct wf_flow *add_flow(struct drawing *d, int from, int to)
{
    struct wf_flow *flow = WF_PUSH(d->diagram.arena, &d->diagram.flows);

    flow->from = from;
    flow->to = to;
    return flow;
}

static const struct entry *entry_of(const struct drawing *d, const char *id)
{
    return wf_map_find(&d->entries, id);
}

/* The node where `to` is entered; of a join, where the lanes meet. */
static int target(const struct drawing *d, const struct wf_step *to)
{
    if (to->kind != WF_STEP_JOIN)
        return entry_of(d, to->id)->node;
    for (const struct wf_step *s = d->form->steps; s; s = s->next)
        if (s->join == to)
            return entry_of(d, s->id)->join;
    return 0; /* no join is without its parallel */
}

static struct wf_flow *lead(struct drawing *d, int from,
                            const struct wf_step *to, const char *name)
{
    struct wf_flow *flow = add_flow(d, from, target(d, to));

    flow->name = name;
    return flow;
}

/* --- Nodes */

/* How a timer of BPMN says it: ISO 8601, where working days are days. */
static const char *timer_of(struct drawing *d, struct wf_duration within)
{
    static const struct {
        const char *before;
        char unit;
    } units[] = {
        [WF_DURATION_MINUTES] = { "PT", 'M' },
        [WF_DURATION_HOURS] = { "PT", 'H' },
        [WF_DURATION_DAYS] = { "P", 'D' },
        [WF_DURATION_WORKING_DAYS] = { "P", 'D' },
        [WF_DURATION_WEEKS] = { "P", 'W' },
    };

    return wf_arena_printf(
        d->diagram.arena,
        "<bpmn:timerEventDefinition><bpmn:timeDuration>%s%d%c"
        "</bpmn:timeDuration></bpmn:timerEventDefinition>",
        units[within.unit].before, within.n, units[within.unit].unit);
}

static const char *wait_of(struct drawing *d, const struct wf_step *step)
{
    struct wf_buf xml = WF_BUF_INIT(d->diagram.arena);

    if (!step->until)
        return "<bpmn:signalEventDefinition/>";
    wf_buf_str(&xml, "<bpmn:timerEventDefinition><bpmn:documentation>");
    wf_xml_escape(&xml, step->until->text, false);
    wf_buf_str(&xml, "</bpmn:documentation></bpmn:timerEventDefinition>");
    return wf_buf_text(&xml);
}

static const char *level_id(struct drawing *d, const struct wf_step *step,
                            const struct wf_level *level)
{
    return id_of(d, "level", step->id, level->id);
}

/* The node where the level is entered: itself, or the gateway that asks whether
 * there is to be one. */
static int level_node(struct drawing *d, const struct wf_step *step,
                      const struct wf_level *level)
{
    const char *wanted = level->when ? id_of(d, "if", step->id, level->id)
                                     : level_id(d, step, level);

    for (size_t i = 0; i < d->diagram.nodes.n; i++)
        if (wf_streq(d->diagram.nodes.at[i].id, wanted))
            return (int)i;
    return 0; /* every level has its node */
}

static int add_levels(struct drawing *d, const struct wf_step *step)
{
    int first = (int)d->diagram.nodes.n;

    for (const struct wf_level *l = step->levels; l; l = l->next) {
        if (l->when)
            add_node(d, WF_SHAPE_GATEWAY, "exclusiveGateway",
                     id_of(d, "if", step->id, l->id), NULL);
        add_node(d, WF_SHAPE_TASK, "userTask", level_id(d, step, l),
                 label_of(d, l->words, l->id));
        add_node(d, WF_SHAPE_GATEWAY, "exclusiveGateway",
                 id_of(d, "answer", step->id, l->id), NULL);
    }
    return first;
}

/* clang-format off */
static const struct shape {
    enum wf_shape_kind shape;
    const char *tag;
} shapes[] = {
    [WF_STEP_WORK] = { WF_SHAPE_TASK, "userTask" },
    [WF_STEP_BRANCH] = { WF_SHAPE_GATEWAY, "exclusiveGateway" },
    [WF_STEP_WAIT] = { WF_SHAPE_EVENT, "intermediateCatchEvent" },
    [WF_STEP_CALL] = { WF_SHAPE_TASK, "callActivity" },
    [WF_STEP_COLLECT] = { WF_SHAPE_TASK, "callActivity" },
    [WF_STEP_PARALLEL] = { WF_SHAPE_GATEWAY, "parallelGateway" },
    [WF_STEP_END] = { WF_SHAPE_EVENT, "endEvent" },
};
/* clang-format on */

static int add_step(struct drawing *d, const struct wf_step *step)
{
    const struct shape *shape = &shapes[step->kind];
    int node;

    if (step->kind == WF_STEP_APPROVAL && step->levels)
        return add_levels(d, step);
    node = add_node(d, shape->shape, shape->tag ? shape->tag : "task",
                    id_of(d, "step", step->id, NULL),
                    label_of(d, step->words, step->id));
    if (step->kind == WF_STEP_WAIT)
        d->diagram.nodes.at[node].inside = wait_of(d, step);
    if (step->kind == WF_STEP_COLLECT)
        d->diagram.nodes.at[node].inside =
            "<bpmn:multiInstanceLoopCharacteristics/>";
    return node;
}

static void add_steps(struct drawing *d)
{
    struct wf_arena *arena = d->diagram.arena;

    add_node(d, WF_SHAPE_EVENT, "startEvent", "start", NULL);
    for (const struct wf_step *s = d->form->steps; s; s = s->next) {
        struct entry *entry = WF_NEW(arena, struct entry);

        if (s->implied)
            continue;
        entry->step = s;
        entry->node = add_step(d, s);
        if (s->kind == WF_STEP_PARALLEL)
            entry->join =
                add_node(d, WF_SHAPE_GATEWAY,
                         s->enough ? "complexGateway" : "parallelGateway",
                         id_of(d, "join", s->id, NULL), NULL);
        wf_map_add(arena, &d->entries, s->id, entry);
    }
}

/* --- Ways out of each */

/* One that ends a step by itself when its time is over. */
static void add_deadline(struct drawing *d, int host, const char *id,
                         const struct wf_deadline *deadline)
{
    int node;

    if (deadline->timeout != WF_TIMEOUT_TO || !deadline->timeout_to
        || deadline->within.n == 0)
        return;
    node = add_node(d, WF_SHAPE_EVENT, "boundaryEvent", id, NULL);
    d->diagram.nodes.at[node].host = host;
    d->diagram.nodes.at[node].inside = timer_of(d, deadline->within);
    lead(d, node, deadline->timeout_to, NULL);
}

static int count_ways(const struct wf_step *step)
{
    int n = 0;

    for (const struct wf_action *a = step->actions; a; a = a->next)
        n += a->to != NULL;
    return n;
}

static void leave_work(struct drawing *d, int node, const struct wf_step *step)
{
    int from = node;

    if (count_ways(step) > 1) {
        from = add_node(d, WF_SHAPE_GATEWAY, "exclusiveGateway",
                        id_of(d, "choice", step->id, NULL), NULL);
        add_flow(d, node, from);
    }
    for (const struct wf_action *a = step->actions; a; a = a->next) {
        struct wf_flow *flow;

        if (!a->to)
            continue;
        flow = lead(d, from, a->to, label_of(d, a->words, a->id));
        if (a->when && from != node)
            flow->condition = wf_expr_text(a->when);
    }
    add_deadline(d, node, id_of(d, "late", step->id, NULL), &step->deadline);
}

static void leave_level(struct drawing *d, const struct wf_step *step,
                        const struct wf_level *level)
{
    int entry = level_node(d, step, level);
    int task = entry + (level->when != NULL), answer = task + 1;
    int next = level->next ? level_node(d, step, level->next)
                           : target(d, step->approved);

    if (level->when) {
        add_flow(d, entry, task)->condition = wf_expr_text(level->when);
        add_flow(d, entry, next)->otherwise = true;
    }
    add_flow(d, task, answer);
    add_flow(d, answer, next)->name = wf_message(d->lang, "approved");
    if (step->rejected)
        lead(d, answer, step->rejected, wf_message(d->lang, "rejected"));
    add_deadline(d, task, id_of(d, "late", step->id, level->id),
                 &level->deadline);
}

static void leave_branch(struct drawing *d, int node,
                         const struct wf_step *step)
{
    for (const struct wf_go *go = step->goes; go; go = go->next) {
        struct wf_flow *flow = lead(d, node, go->to, NULL);

        if (go->when)
            flow->condition = wf_expr_text(go->when);
        else
            flow->otherwise = true;
    }
}

static void leave_wanted(struct drawing *d, int node,
                         const struct wf_step *step)
{
    const struct wf_wanted *wanted = step->wanted;
    int from = node;

    if (wanted->short_) {
        from = add_node(d, WF_SHAPE_GATEWAY, "exclusiveGateway",
                        id_of(d, "enough", step->id, NULL), NULL);
        add_flow(d, node, from);
        lead(d, from, wanted->short_, wf_message(d->lang, "too few answers"));
    }
    if (wanted->next)
        lead(d, from, wanted->next, NULL);
}

static void leave_step(struct drawing *d, const struct entry *entry)
{
    const struct wf_step *step = entry->step;

    switch (step->kind) {
    case WF_STEP_WORK:
        leave_work(d, entry->node, step);
        break;
    case WF_STEP_APPROVAL:
        for (const struct wf_level *l = step->levels; l; l = l->next)
            leave_level(d, step, l);
        break;
    case WF_STEP_BRANCH:
        leave_branch(d, entry->node, step);
        break;
    case WF_STEP_WAIT:
        lead(d, entry->node, step->then, NULL);
        break;
    case WF_STEP_CALL:
    case WF_STEP_COLLECT:
        leave_wanted(d, entry->node, step);
        break;
    case WF_STEP_PARALLEL:
        for (const struct wf_lane *l = step->lanes; l; l = l->next)
            lead(d, entry->node, l->start, label_of(d, l->words, l->id));
        lead(d, entry->join, step->then, NULL);
        break;
    case WF_STEP_END:
    case WF_STEP_JOIN:
        break;
    }
}

/* --- Writing */

static void add_value(struct wf_buf *out, const char *name, const char *value)
{
    if (!value)
        return;
    wf_buf_printf(out, " %s=\"", name);
    wf_xml_escape(out, value, true);
    wf_buf_char(out, '"');
}

static int otherwise_of(const struct drawing *d, int node)
{
    for (size_t i = 0; i < d->diagram.flows.n; i++)
        if (d->diagram.flows.at[i].otherwise
            && d->diagram.flows.at[i].from == node)
            return (int)i;
    return -1;
}

static void write_node(const struct drawing *d, int i, struct wf_buf *out)
{
    const struct wf_node *node = &d->diagram.nodes.at[i];
    int otherwise = otherwise_of(d, i);

    wf_buf_printf(out, "  <bpmn:%s id=\"%s\"", node->tag, node->id);
    add_value(out, "name", node->name);
    if (otherwise >= 0)
        wf_buf_printf(out, " default=\"flow-%d\"", otherwise);
    if (node->host >= 0)
        add_value(out, "attachedToRef", d->diagram.nodes.at[node->host].id);
    wf_buf_char(out, '>');
    for (size_t k = 0; k < d->diagram.flows.n; k++)
        if (d->diagram.flows.at[k].to == i)
            wf_buf_printf(out, "<bpmn:incoming>flow-%zu</bpmn:incoming>", k);
    for (size_t k = 0; k < d->diagram.flows.n; k++)
        if (d->diagram.flows.at[k].from == i)
            wf_buf_printf(out, "<bpmn:outgoing>flow-%zu</bpmn:outgoing>", k);
    if (node->inside)
        wf_buf_str(out, node->inside);
    wf_buf_printf(out, "</bpmn:%s>\n", node->tag);
}

static void write_flow(const struct drawing *d, size_t i, struct wf_buf *out)
{
    const struct wf_flow *flow = &d->diagram.flows.at[i];

    wf_buf_printf(out, "  <bpmn:sequenceFlow id=\"flow-%zu\"", i);
    add_value(out, "name", flow->name);
    add_value(out, "sourceRef", d->diagram.nodes.at[flow->from].id);
    add_value(out, "targetRef", d->diagram.nodes.at[flow->to].id);
    wf_buf_char(out, '>');
    if (flow->condition) {
        wf_buf_str(out, "<bpmn:conditionExpression"
                        " xsi:type=\"bpmn:tFormalExpression\">");
        wf_xml_escape(out, flow->condition, false);
        wf_buf_str(out, "</bpmn:conditionExpression>");
    }
    wf_buf_str(out, "</bpmn:sequenceFlow>\n");
}

static void write_shape(const struct wf_node *node, struct wf_buf *out)
{
    wf_buf_printf(out,
                  "   <bpmndi:BPMNShape id=\"%s_di\" bpmnElement=\"%s\">"
                  "<dc:Bounds x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>"
                  "</bpmndi:BPMNShape>\n",
                  node->id, node->id, node->x, node->y, node->w, node->h);
}

static int width_of(const char *text)
{
    enum {
        LETTER =
            8 /* pixels of a Latin one in a wide face; a Chinese one has two */
    };
    int n = 0;

    while (*text)
        n += wf_utf8_next(&text) < 0x2e80 ? 1 : 2;
    return n * LETTER;
}

/* The name of a flow above a straight piece that is its own: its last one, or
 * the long one around the boxes. Viewers would put it across the line. */
static void write_label(const char *name, const struct wf_point *way, int n,
                        struct wf_buf *out)
{
    enum {
        HEIGHT = 14,
        GAP = 4
    };
    bool around = n > 4, straight = way[0].y == way[n - 1].y;
    const struct wf_point *at = around ? &way[2] : &way[straight ? 0 : 2];
    int width = width_of(name), room = way[n - 1].x - at->x - 2 * GAP;
    int lines = around || width <= room ? 1 : (width + room - 1) / room;
    bool back = around && way[3].x < at->x;

    if (lines > 1)
        width = room;
    wf_buf_printf(out,
                  "<bpmndi:BPMNLabel><dc:Bounds x=\"%d\" y=\"%d\" "
                  "width=\"%d\" height=\"%d\"/></bpmndi:BPMNLabel>",
                  back ? at->x - width - GAP : at->x + GAP,
                  at->y - HEIGHT * lines - 1, width, HEIGHT * lines);
}

static void write_edge(const struct drawing *d, size_t i, struct wf_buf *out)
{
    struct wf_point way[WF_WAY_MAX];
    const struct wf_flow *flow = &d->diagram.flows.at[i];
    int n = wf_diagram_way(&d->diagram, flow, way);

    wf_buf_printf(out,
                  "   <bpmndi:BPMNEdge id=\"flow-%zu_di\""
                  " bpmnElement=\"flow-%zu\">",
                  i, i);
    for (int k = 0; k < n; k++)
        wf_buf_printf(out, "<di:waypoint x=\"%d\" y=\"%d\"/>", way[k].x,
                      way[k].y);
    if (flow->name && *flow->name)
        write_label(flow->name, way, n, out);
    wf_buf_str(out, "</bpmndi:BPMNEdge>\n");
}

static void write_process(const struct drawing *d, struct wf_buf *out)
{
    wf_buf_printf(out,
                  " <bpmn:process id=\"process-%s\" isExecutable=\"false\"",
                  d->form->id);
    add_value(out, "name", label_of(d, d->form->words, d->form->id));
    wf_buf_str(out, ">\n");
    for (size_t i = 0; i < d->diagram.nodes.n; i++)
        write_node(d, (int)i, out);
    for (size_t i = 0; i < d->diagram.flows.n; i++)
        write_flow(d, i, out);
    wf_buf_str(out, " </bpmn:process>\n");
}

static void write_picture(const struct drawing *d, struct wf_buf *out)
{
    wf_buf_printf(out,
                  " <bpmndi:BPMNDiagram id=\"diagram\">\n"
                  "  <bpmndi:BPMNPlane id=\"plane\""
                  " bpmnElement=\"process-%s\">\n",
                  d->form->id);
    for (size_t i = 0; i < d->diagram.nodes.n; i++)
        write_shape(&d->diagram.nodes.at[i], out);
    for (size_t i = 0; i < d->diagram.flows.n; i++)
        write_edge(d, i, out);
    wf_buf_str(out, "  </bpmndi:BPMNPlane>\n </bpmndi:BPMNDiagram>\n");
}

void wf_bpmn_write(struct wf_arena *arena, const struct wf_form *form,
                   const char *lang, struct wf_buf *out)
{
    struct drawing d = { .diagram.arena = arena, .form = form, .lang = lang };

    add_steps(&d);
    if (form->start)
        lead(&d, 0, form->start, NULL);
    for (const struct wf_step *s = form->steps; s; s = s->next)
        if (!s->implied)
            leave_step(&d, entry_of(&d, s->id));
    wf_diagram_lay_out(&d.diagram);
    wf_buf_str(out,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<bpmn:definitions"
               " xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
               " xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\""
               " xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\""
               " xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\""
               " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
               " id=\"definitions\" targetNamespace=\"urn:weft:process\">\n");
    write_process(&d, out);
    write_picture(&d, out);
    wf_buf_str(out, "</bpmn:definitions>\n");
}
