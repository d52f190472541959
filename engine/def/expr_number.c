/* def/expr_number.c - rounding and comparing numbers as a spreadsheet does: by
 * 15 significant digits, which is also how they are stored.
 *
 * The browser's twin does the same steps: toPrecision(15) rounds as
 * wf_number_rounded() does.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "def/expr_tree.h"

int wf_number_compare(double a, double b)
{
    double apart = fabs(a - b);

    /* Numbers that are equal in 15 digits are nearer than this. */
    if (apart > 1e-13 * fmax(fabs(a), fabs(b)))
        return a < b ? -1 : 1;
    if (apart == 0)
        return 0;
    a = wf_number_rounded(a);
    b = wf_number_rounded(b);
    return (a > b) - (a < b);
}

double wf_number_round(double number, int digits)
{
    double scale = pow(10, abs(digits));
    double scaled = digits < 0 ? number / scale : number * scale;

    if (!isfinite(scaled))
        return number;
    scaled = copysign(floor(fabs(wf_number_rounded(scaled)) + 0.5), scaled);
    return (digits < 0 ? scaled * scale : scaled / scale) + 0.0;
}
