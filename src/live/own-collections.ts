/** Maps and a Set with methods of their own: what becomes of `Map.prototype` does not reach them. */
export class OwnMap<K, V> extends Map<K, V> {}
export class OwnSet<T> extends Set<T> {}
export class OwnWeakMap<K extends WeakKey, V> extends WeakMap<K, V> {}
for (const [own, of] of [
  [OwnMap.prototype, Map.prototype],
  [OwnSet.prototype, Set.prototype],
  [OwnWeakMap.prototype, WeakMap.prototype],
] as const) {
  for (const name of Reflect.ownKeys(of)) {
    if (name === 'constructor') continue;
    Reflect.defineProperty(own, name, Reflect.getOwnPropertyDescriptor(of, name)!);
  }
}
