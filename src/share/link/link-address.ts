/** A link's text in the addresses and snippets that people put on pages of their own. */

/** The page without what stands behind its path. @param href as `location.href` */
function pageAddress(href: string): URL {
  const page = new URL(href);
  page.search = '';
  page.hash = '';
  return page;
}

/** @param fragment as `linkText` makes it, with its "#" */
export const linkAddress = (href: string, fragment: string): string =>
  `${pageAddress(href).href}${fragment}`;

/** The small view for other people's pages. */
export const embedAddress = (href: string, fragment: string): string =>
  `${pageAddress(href).href}?embed${fragment}`;

/** HTML that shows it in a page; it may ask for isolation, so that clocks are fine where the page around it is isolated. */
export function embedCode(href: string, fragment: string, title: string): string {
  const source = escaped(embedAddress(href, fragment));
  return `<iframe src="${source}" title="${escaped(title)}" width="640" height="360" style="border: 0; max-width: 100%" loading="lazy" allow="cross-origin-isolated"></iframe>`;
}

/** Markdown of a picture that leads to the link; the picture comes from where the page does. */
export function badgeMarkdown(href: string, fragment: string): string {
  const picture = withoutBrackets(badgeAddress(href));
  return `[![Run in Millrace](${picture})](${withoutBrackets(linkAddress(href, fragment))})`;
}

export const badgeAddress = (href: string): string => new URL('badge.svg', pageAddress(href)).href;

/** Whether only this computer reaches the page: then a link is of no use to others as it stands. */
export function isPrivateAddress(href: string): boolean {
  const { protocol, hostname } = new URL(href);
  return protocol === 'file:' || /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A bracket would end an address in Markdown. */
const withoutBrackets = (address: string): string =>
  address.replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'));
