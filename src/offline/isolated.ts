const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

/**
 * The answer with the headers that a page needs to be isolated (precise clocks, shared memory), and to be shown
 * within one that is, where the host sends none. What comes with them stays as it is, and so does what cannot be read here.
 */
export function isolated(response: Response): Response {
  const { headers, status, statusText } = response;
  const isThere = Object.entries(isolation).every(([name, value]) => headers.get(name) === value);
  if (isThere || status === 0) return response;
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(isolation)) all.set(name, value);
  // Answers without a body may not be given one, not even an empty one.
  const hasBody = ![101, 103, 204, 205, 304].includes(status);
  return new Response(hasBody ? response.body : null, { status, statusText, headers: all });
}
