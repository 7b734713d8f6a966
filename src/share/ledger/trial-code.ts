/** What stands for a trial's name in a link: 24 bits of FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), in base 36. */
export function trialCode(name: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++)
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193) >>> 0;
  return ((hash >>> 8) ^ (hash & 0xff)).toString(36);
}
