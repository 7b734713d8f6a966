/** A field of the document as problems name it ("stages.a.work"): it is spelt as it is. */
const startsWithField = /^[a-z]\w*[.[]/;

export const asSentence = (text: string): string =>
  (startsWithField.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)) +
  (/[.!?]$/.test(text) ? '' : '.');
