/** The figures of the map against those of another indicator, one point for each unit; fetched when asked for. */

import { fetchCatalogue, fetchJson } from "./core/api.js";
import { companionLayer, companionsOffered } from "./core/companion_layer.js";
import { announce, el } from "./core/dom.js";
import { formatNumber, formatShort, formatValue } from "./core/format.js";
import { layerQuery, parseSeries, seriesId } from "./core/url_state.js";
import { formatConditions, readConditions } from "./filter/conditions.js";
import { classColour } from "./map/symbology.js";
import { ScatterPlot } from "./scatter/plot.js";
import { conditionsOf, FEWEST, pointsOf, rankCorrelation, relation } from "./scatter/points.js";

/** Kinds whose figures begin at nothing. */
const FROM_ZERO = new Set(["count", "rate", "share"]);

export class ScatterPanel {
  /**
   * @param {HTMLElement} root
   * @param {import("./core/i18n.js").Translate} t the panel's words
   * @param {{choose: (series: string) => void, pick: (where: string) => void, point: (id: string|null) => void,
   *   open: (id: string) => void, name: (id: string) => string}} on
   */
  constructor(root, t, on) {
    this.t = t;
    this.on = on;
    this.choice = el("select", { on: { change: () => on.choose(this.choice.value) } });
    this.plot = new ScatterPlot({
      point: (id) => on.point(id),
      open: (id) => on.open(id),
      say: (point) => announce(this.sentence(point)),
      brush: (box) => this.brush(box),
    });
    this.above = el("p", { class: "scatter-axis" });
    this.across = el("p", { class: "scatter-axis is-across" });
    this.said = el("p", { class: "scatter-result", role: "status" });
    this.how = el("p", { class: "muted", text: t("scatter.how") });
    this.drawn = el("div", { hidden: true }, this.above, this.plot.node, this.across, this.said, this.how);
    root.replaceChildren(
      el("label", { class: "field" }, el("span", { text: t("scatter.second") }), this.choice),
      this.drawn,
    );
  }

  /**
   * @param {import("./api_types").Values} values the values document of the map
   * @param {Record<string, string>} state
   * @param {Set<string>|null} picked ids of the units that are left, null for all
   */
  async show(values, state, picked) {
    this.state = state;
    const catalogue = await fetchCatalogue(values.dataset);
    const [first, series] = [values, state.versus ?? ""];
    this.offer(catalogue, first, series);
    const layer = series && companionLayer(catalogue, first.layer, series, state.lang);
    const second = layer ? await fetchJson(`/api/v1/values?${layerQuery(layer)}`) : null;
    if (state !== this.state) return;
    this.drawn.hidden = !second || !isMeasured(first) || !isMeasured(second);
    this.shown = this.drawn.hidden ? null : { first, second, points: pointsOf(first.units, second.units) };
    if (this.shown) this.draw(picked);
  }

  /** The indicators with numbers at this level and date, but that of the map. */
  offer(catalogue, { layer, indicator }, series) {
    const own = (each) => each.id !== layer.indicator && each.kind !== "category";
    const offered = indicator.kind === "category" ? [] : companionsOffered(catalogue, layer);
    const chosen = parseSeries(series).indicator;
    const groups = offered
      .map(({ name, indicators }) => ({ name, indicators: indicators.filter(own) }))
      .filter(({ indicators }) => indicators.length);
    this.choice.replaceChildren(
      el("option", { value: "", text: this.t(offered.length ? "scatter.none" : "scatter.no_numbers") }),
      ...groups.map(({ name: label, indicators }) =>
        el(
          "optgroup",
          { label },
          ...indicators.map(({ id, name: text }) =>
            el("option", { value: id === chosen ? series : id, text, selected: id === chosen }),
          ),
        ),
      ),
    );
    this.choice.disabled = !offered.length;
  }

  draw(picked) {
    const { first, second, points } = this.shown;
    const { lang } = document.documentElement;
    const write =
      ({ indicator }) =>
      (/** @type {number} */ value) =>
        formatShort(value, indicator.decimals + 1, lang);
    this.above.textContent = `↑ ${axisTitle(second)}`;
    this.across.textContent = `${axisTitle(first)} →`;
    this.said.textContent = this.result();
    this.plot.show({
      points,
      colours: new Map(points.map(({ id }) => [id, classColour(first.units[id], first.legend)])),
      label: `${this.t("scatter.label", { first: first.indicator.name, second: second.indicator.name })} ${this.said.textContent}`,
      write: [write(first), write(second)],
      usesZero: [FROM_ZERO.has(first.indicator.kind), FROM_ZERO.has(second.indicator.kind)],
    });
    this.plot.pick(picked);
  }

  /** Rings a unit that is pointed at on map or table. */
  point(id) {
    if (this.shown) this.plot.point(id);
  }

  /** @param {Set<string>|null} picked */
  pick(picked) {
    if (this.shown) this.plot.pick(picked);
  }

  /** How many units have both figures, and how the two go together. */
  result() {
    const { first, points } = this.shown;
    const { lang } = document.documentElement;
    const total = Object.keys(first.units).length;
    const parts = [this.t("scatter.found", { n: points.length, total })];
    if (points.length < FEWEST) parts.push(this.t("scatter.few", { n: FEWEST }));
    else {
      const correlation = rankCorrelation(points);
      const number = correlation === null ? "–" : formatNumber(correlation, 2, lang);
      parts.push(this.t(`scatter.${relation(correlation)}`, { number }));
    }
    const doubtful = points.filter((point) => point.doubtful).length;
    const estimates = points.filter((point) => point.estimate).length;
    if (doubtful) parts.push(this.t("scatter.doubtful", { n: doubtful }));
    if (estimates) parts.push(this.t("scatter.estimates", { n: estimates }));
    return parts.join(" ");
  }

  /** A unit with both its figures. */
  sentence({ id, x, y }) {
    const { first, second } = this.shown;
    const { lang } = document.documentElement;
    const told = [formatValue(x, first.indicator, lang), formatValue(y, second.indicator, lang)];
    return `${this.on.name(id)}: ${first.indicator.name} ${told[0]}, ${second.indicator.name} ${told[1]}`;
  }

  /** The units in the rectangle are picked by conditions, which stand in the address and in the filter. */
  brush(box) {
    const { first, second } = this.shown;
    const { ends } = this.plot;
    const spans = /** @type {[number, number]} */ ([ends.x[1] - ends.x[0], ends.y[1] - ends.y[0]]);
    const series = /** @type {[string, string]} */ ([seriesId(first.layer), seriesId(second.layer)]);
    const kept = readConditions(this.state.where).filter((each) => !series.includes(each.series));
    this.on.pick(formatConditions([...conditionsOf(series, box, spans), ...kept]));
  }
}

/** @param {import("./api_types").Values} values */
const isMeasured = ({ indicator }) => indicator.kind !== "category";

/** Name, unit of measure and period. */
function axisTitle({ indicator, layer, periods }) {
  const period = periods.find((each) => each.period === layer.period)?.label;
  const measure = indicator.measure_unit.symbol ? ` (${indicator.measure_unit.symbol})` : "";
  return [`${indicator.name}${measure}`, period].filter(Boolean).join(", ");
}
