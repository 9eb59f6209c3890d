/** The element that the page has under this id: document/body.ts and these names go together. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}

export function input(id: string): HTMLInputElement | HTMLTextAreaElement {
  const found = element(id);
  if (found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement) return found;
  throw new Error(`${id} takes no text`);
}

/**
 * INVARIANT: all text enters the page here, as text, with what cannot be seen made visible. There is no way
 * from data to markup.
 */
export function write(one: HTMLElement, text: string): void {
  one.textContent = writVerifier.showText(text);
}

export function show(id: string, isShown: boolean): void {
  element(id).hidden = !isShown;
}

/** A new element with a class and a text. */
export function made(tag: string, name: string, text: string): HTMLElement {
  const one = document.createElement(tag);
  if (name !== '') one.className = name;
  write(one, text);
  return one;
}

export function madeButton(name: string, text: string, onPress: () => void): HTMLButtonElement {
  const one = document.createElement('button');
  one.type = 'button';
  one.className = name;
  write(one, text);
  one.addEventListener('click', onPress);
  return one;
}
