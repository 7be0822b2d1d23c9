/** A page that stays open: a part of it is asked for again and again and put in place of the old. */

/**
 * @typedef {object} LivePart
 * @property {() => Promise<Element>} load The part as the server has it now.
 * @property {() => Element} shown The part as the page shows it.
 * @property {(fresh: boolean) => void} tell Says whether the last try reached the server.
 */

/**
 * Asks once. What is shown stays where the server cannot be reached, and where nothing has changed,
 * so that a reader's place in the page is kept.
 * @param {LivePart} part
 * @returns {Promise<boolean>} Whether the part was replaced.
 */
export async function refreshPart(part) {
  let found;
  try {
    found = await part.load();
  } catch {
    part.tell(false);
    return false;
  }
  const shown = part.shown();
  const changed = !shown.isEqualNode(found);
  if (changed) shown.replaceWith(found);
  part.tell(true);
  return changed;
}
