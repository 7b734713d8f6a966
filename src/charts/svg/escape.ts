const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text safe inside SVG elements and attributes: names of stages come from strangers' documents. */
export function escapeXml(text: string): string {
  // Control characters are not allowed in XML at all.
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
    .replace(/[&<>"']/g, (c) => entities[c]!);
}

/** A coordinate with at most two digits after the point. */
export const px = (value: number): string => String(Math.round(value * 100) / 100);
