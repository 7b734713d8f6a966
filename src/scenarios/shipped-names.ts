/** What stage code may import by name beside the document's own modules. */
export const shippedNames = [
  'millrace:typescript',
  'millrace:features',
  'millrace:text',
  'millrace:warm-up',
  'millrace:hash',
] as const;
export type ShippedName = (typeof shippedNames)[number];
