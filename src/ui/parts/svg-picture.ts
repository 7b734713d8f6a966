/** Our own SVG text as elements: no HTML is ever parsed from text on this page. */
export function svgPicture(text: string) {
  return (element: HTMLElement): void => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    element.replaceChildren(document.importNode(parsed.documentElement, true));
  };
}
