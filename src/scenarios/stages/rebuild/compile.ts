import { sha256Bytes } from 'millrace:hash';
import { functionsOf } from 'millrace:typescript';
import { practise, samples } from 'millrace:warm-up';
import { mode } from 'mode';

/** Runs on every worker before the clock starts, so that no build pays for the parser's own compilation. */
export function setup() {
  const { path, text } = samples.at(-1)!;
  return practise(() => functionsOf(text, path), 4);
}

/** Of a build over each function, as an optimiser makes them. */
const passes = 8;

/** Parses a module; a build also makes something of each function, pass by pass, and a check stops before that. */
export default function compile({ path, text }: { path: string; text: string }) {
  const found = functionsOf(text, path);
  const emitted = mode === 'check' ? [] : found.map(({ name, tokens }) => emit(name, tokens));
  return { path, functions: found.length, emitted };
}

/** Each pass works on what the one before made of it. The last names the function by what it does. */
function emit(name: string, tokens: readonly string[]): string {
  const input = new TextEncoder().encode(tokens.join(' '));
  const code = new Uint8Array(32 + input.length);
  code.set(input, 32);
  for (let pass = 0; pass < passes; pass++) code.set(sha256Bytes(code));
  return `${name}.${asHex(code)}`;
}

function asHex(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
