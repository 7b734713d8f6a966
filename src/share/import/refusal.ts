/** Why a text cannot be imported: one sentence for a person, with the line where there is one. */
export class Refusal extends Error {}

/** @throws {Refusal} always, naming the line (1-based) */
export function refuseLine(line: number, what: string): never {
  throw new Refusal(`line ${line}: ${what}`);
}
