/** Lines about a unit's figure that its card and the cards of a sparse map share. */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";

const planText = ({ period_label: period, text }) =>
  period ? t("popup.plan_of", { period, text }) : t("popup.plan", { text });

/**
 * The plan, and how much of it was reached.
 *
 * @param {import("../api_documents").Plan|null} plan
 */
export function planLine(plan) {
  if (!plan) return null;
  const parts = [];
  if (plan.text) parts.push(planText(plan));
  if (plan.percent_text) parts.push(t("popup.of_plan", { percent: plan.percent_text }));
  if (plan.stated_percent_text) parts.push(t("popup.stated", { percent: plan.stated_percent_text }));
  return el("p", { class: "card-plan", text: parts.join("; ") });
}
