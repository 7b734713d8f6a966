/**
 * Where things lie in the one object store that all namespaces share:
 *
 *   NAMESPACE/j/0000000000000017   a record of the journal, by its number
 *   NAMESPACE/v/0000000000000042   a stored result, by the id the journal gives it
 *
 * Ids count up in the order in which results came. A run that asks again asks in about that order, so what it
 * asks for lies side by side: ranges of it are read at once, at a fifth of the cost of one by one.
 */
const digits = 16;
const numbered = (part: string, number: number): string =>
  part + String(number).padStart(digits, '0');
/** After every digit. */
const afterDigits = ':';

export class NamespaceLayout {
  readonly #journal: string;
  readonly #values: string;
  /** All that belongs to the namespace. */
  readonly everything: IDBKeyRange;

  constructor(namespace: string) {
    const prefix = prefixOf(namespace);
    this.#journal = `${prefix}/j/`;
    this.#values = `${prefix}/v/`;
    this.everything = IDBKeyRange.bound(this.#journal, this.#values + afterDigits);
  }

  record(seq: number): string {
    return numbered(this.#journal, seq);
  }
  /** What follows record `seq`; 0: the whole journal. */
  recordsAfter(seq: number): IDBKeyRange {
    return IDBKeyRange.bound(this.record(seq), this.#journal + afterDigits, true);
  }
  recordsUpTo(seq: number): IDBKeyRange {
    return IDBKeyRange.bound(this.#journal, this.record(seq));
  }
  value(id: number): string {
    return numbered(this.#values, id);
  }
  values(first: number, last: number): IDBKeyRange {
    return IDBKeyRange.bound(this.value(first), this.value(last));
  }
}

/** No prefix holds a "/", so that none is the beginning of another one's keys. Half a letter has no such form. */
const prefixOf = (namespace: string): string =>
  encodeURIComponent(namespace.replace(/\p{Surrogate}/gu, '\ufffd'));

/** Reads which namespaces there are: one step each, however much they hold. */
export function namespacesIn(objects: IDBObjectStore): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const names: string[] = [];
    const request = objects.openKeyCursor();
    request.onerror = () => reject(request.error ?? new Error('the storage could not be read'));
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor === null) return resolve(names);
      const prefix = String(cursor.key).split('/', 1)[0]!;
      try {
        names.push(decodeURIComponent(prefix));
      } catch {
        // No key of ours.
      }
      // "0" follows "/": the first key after all of this namespace.
      cursor.continue(`${prefix}0`);
    };
  });
}
