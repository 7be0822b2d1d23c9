/** @returns {string} the text in small letters without accents, as people type it in a hurry */
export function normaliseText(text) {
  return text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "").trim();
}
