/* def/limits.h - how large a definition may be. Whatever a stranger can size
 * meets one of these before it costs memory or time.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef WF_DEF_LIMITS_H
#define WF_DEF_LIMITS_H

enum {
    WF_MAX_FILES = 500,     /* of a package */
    WF_MAX_FIELDS = 1000,   /* of a form, columns counted */
    WF_MAX_OPTIONS = 2000,  /* of a field, list or scale */
    WF_MAX_STEPS = 300,     /* of a form */
    WF_MAX_ACTIONS = 50,    /* of a step */
    WF_MAX_LANES = 20,      /* of a parallel */
    WF_MAX_LEVELS = 64,     /* of an approval; also what a climb may make */
    WF_MAX_RULES = 500,     /* of a form */
    WF_MAX_GRANTS = 200,    /* of a form; also of its hides */
    WF_MAX_VIEWS = 50,      /* of a form */
    WF_MAX_ROLLUPS = 50,    /* of a form */
    WF_MAX_SETTINGS = 500,  /* of a package; also its scales, its lists */
    WF_MAX_NAVS = 12,       /* places of a package */
    WF_MAX_NAV_FORMS = 8,   /* of a place */
    WF_MAX_ROWS = 10000,    /* of an item table */
    WF_MAX_DIGITS = 9,      /* behind the point */
    WF_MAX_TEXT = 4000,     /* bytes of a label, help or message */
    WF_MAX_WHO_TEXT = 8192, /* bytes of a who */
    WF_MAX_WHO_TERMS = 256, /* words joined in one who */
    WF_MAX_WHO_DEPTH = 32,  /* words within words */
    WF_MAX_ASKED = 10000,   /* documents that one step asks for */
    WF_MIN_FLOOR = 3,       /* answers before an anonymous group shows */
    WF_MAX_OVERLAYS = 8,    /* overlay of an overlay of … */
    WF_MAX_CALENDAR_DAYS = 5000, /* days off and on of a calendar */
    WF_MAX_SHIFTS = 8,           /* durations added in one TIME */
    WF_MAX_LIGHTS = 20,          /* levels of an alert or a metric */
    WF_MAX_HOLD = 1000,          /* points in a row before a level tells */
    WF_MAX_LOOK_BACK = 400,      /* days of avg(n) and sd(n) of a metric */
    WF_MAX_REPORT_GROUPS = 4,    /* of a report */
    WF_MAX_REPORT_MEASURES = 20, /* of a report */
    WF_MAX_REPORT_ROWS = 10000,  /* that a report shows */
    WF_MAX_REPORT_PERIODS = 120, /* of a group by periods */
    WF_MAX_DASHBOARD_PARTS = 30, /* of a dashboard */
};

#endif
