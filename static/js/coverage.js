/** Where there are more figures than on an empty or sparse map. Fetched with the first such map. */

export { suggestCoverage } from "./panel/coverage_notice.js";
