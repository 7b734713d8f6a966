/** Documents there are. */
const documents = 10;

/** Asks for one document after another, over and over. What is asked for carries no number, or nothing would be found again. */
export default function pick({ index }: { index: number }) {
  return { document: index % documents };
}
