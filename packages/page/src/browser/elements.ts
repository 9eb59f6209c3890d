/** The element that the page has under this id: body.ts and these names go together. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}

export function field(id: string): HTMLTextAreaElement {
  const found = element(id);
  if (found instanceof HTMLTextAreaElement) return found;
  throw new Error(`${id} is no text field`);
}

/** INVARIANT: all text enters the page here, as text. There is no way from data to markup. */
export function write(id: string, text: string): void {
  element(id).textContent = text;
}

export function show(id: string, isShown: boolean): void {
  element(id).hidden = !isShown;
}

/** A new element with a class and a text. */
export function made(tag: string, name: string, text: string): HTMLElement {
  const one = document.createElement(tag);
  if (name !== '') one.className = name;
  one.textContent = text;
  return one;
}
