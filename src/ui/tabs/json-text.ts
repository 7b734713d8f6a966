/** Some graphs of objects would be endless trees: each object is written so often at the most. */
const showsMax = 1000;

/**
 * Any value that a stage can put out as JSON text; never throws. What JSON has no word for: bigints are
 * text ("12n"), maps lists of pairs, sets lists, numbers in typed arrays lists, bytes `{base64}`, errors
 * `{name, message}`, regular expressions their text; what contains itself ends in "(again)".
 * @param standsFor what to write in an object's place
 */
export function jsonText(value: unknown, indent: number, standsFor = plain): string {
  /** What is being written, from the outside in, and what stands for it. */
  const path: { value: object; shown: unknown }[] = [];
  const shows = new Map<object, number>();
  try {
    const text = JSON.stringify(
      value,
      function (this: unknown, _key, inner: unknown) {
        while (path.length > 0 && path.at(-1)!.shown !== this) path.pop();
        if (typeof inner === 'bigint') return `${inner}n`;
        if (typeof inner !== 'object' || inner === null) return inner;
        const times = (shows.get(inner) ?? 0) + 1;
        shows.set(inner, times);
        if (times > showsMax || path.some((outer) => outer.value === inner)) return '(again)';
        const shown = standsFor(inner);
        path.push({ value: inner, shown });
        return shown;
      },
      indent,
    );
    return text ?? 'null';
  } catch {
    return '"(nested too deeply, or too large, to be written)"';
  }
}

/** What stands in JSON for a value that JSON does not know. */
export function plain(value: object): unknown {
  if (value instanceof Map || value instanceof Set) return [...value];
  if (value instanceof Error) return { name: value.name, message: value.message };
  if (value instanceof RegExp) return String(value);
  if (value instanceof ArrayBuffer) return { base64: base64Of(new Uint8Array(value)) };
  if (!ArrayBuffer.isView(value)) return value;
  if (
    value instanceof DataView ||
    value instanceof Uint8Array ||
    value instanceof Uint8ClampedArray
  )
    return { base64: base64Of(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
  return Array.from(value as Float64Array);
}

function base64Of(bytes: Uint8Array): string {
  // A multiple of three, so that the pieces fit together.
  const piece = 3 * 4096;
  let text = '';
  for (let from = 0; from < bytes.length; from += piece)
    text += btoa(String.fromCharCode(...bytes.subarray(from, from + piece)));
  return text;
}
