/** Storage that is silent for so long is asked no more. ms. */
const patienceMs = 10_000;

/** What storage promises; rejects when it keeps silent, as its worker may die without a word. */
export function answered<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('storage does not answer')), patienceMs);
  });
  return Promise.race([promise, silence]).finally(() => clearTimeout(timer));
}
