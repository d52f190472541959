/* critical.ts - the style that stands in every page, before any script.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import icon from "./style/icon.svg";
import "./style/base.css";
import "./style/frame.css";
import "./style/rows.css";
import "./style/overlay.css";
import "./ui/light.css";
import "./ui/more.css";
export default icon;
