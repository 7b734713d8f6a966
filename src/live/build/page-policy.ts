import { createHash } from 'node:crypto';

export const sha256Source = (text: string): string =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Inline scripts of a page (those without `src`), whose hashes its policy must list. */
export function inlineScripts(html: string): string[] {
  const scripts = /<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/gi;
  return [...html.matchAll(scripts)].map((match) => match[1]!).filter((text) => text.trim() !== '');
}

/**
 * The built page's content security policy. It reaches into the sandbox frame as well, so the frame's
 * inline script is listed here too. Styles may be inline (Monaco and the graph set them from script);
 * scripts never.
 */
export function pagePolicy(html: string, bootstrapHash: string): string {
  const hashes = [bootstrapHash, ...inlineScripts(html).map(sha256Source)].map(
    (hash) => `'${hash}'`,
  );
  return [
    "default-src 'self'",
    `script-src 'self' blob: 'wasm-unsafe-eval' ${hashes.join(' ')}`,
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    // The sandbox frame has no address.
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
