/** Whether an address's fragment is meant to be a link: then what `readLink` says of it is worth showing. */
export const isLink = (fragment: string): boolean => /^#?\d+\./.test(fragment);
