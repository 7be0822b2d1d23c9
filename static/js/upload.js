/** The page that takes a table: what plain forms cannot do, so that all of it works without scripts too. */

import { enableFileDrop } from "./site/file_drop.js";
import { keepPastedHtml } from "./site/pasted_html.js";

keepPastedHtml();
enableFileDrop();
