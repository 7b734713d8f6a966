import { countTerms } from 'millrace:text';

interface HashedFile {
  path: string;
  sha256: string;
  text: string;
}

/** Counts the terms of a file. Its path says much about it, so it counts thrice. */
export default function index({ path, text }: HashedFile) {
  const about = path.replace(/\.\w+$/, '');
  return { path, terms: countTerms(`${about} ${about} ${about}\n${text}`) };
}
