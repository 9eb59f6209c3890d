/** Runs within a page: how far each visible text stands out from what is behind it (WCAG 2.2, 1.4.3). */
export function contrastsOf(): { readonly text: string; readonly ratio: number }[] {
  const partsOf = (colour: string): readonly number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminanceOf = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = partsOf(colour).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (element: Element | null): string => {
    if (element === null) return getComputedStyle(document.body).backgroundColor;
    const { backgroundColor } = getComputedStyle(element);
    return partsOf(backgroundColor)[3] === 0 ? groundOf(element.parentElement) : backgroundColor;
  };
  const ratioOf = (element: Element): number => {
    const [one, other] = [luminanceOf(getComputedStyle(element).color), luminanceOf(groundOf(element))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  const own = (element: Element): string =>
    [...element.childNodes]
      .map((node) => (node.nodeType === 3 ? (node.nodeValue ?? '') : ''))
      .join('')
      .trim();
  return [...document.querySelectorAll('body *')]
    .filter((element) => own(element) !== '' && element.checkVisibility())
    .map((element) => ({ text: own(element).slice(0, 40), ratio: ratioOf(element) }));
}
