/** A new element with text and children; text reaches the page as text alone, never as markup. */
export function createElement<K extends keyof HTMLElementTagNameMap>(
  name: K,
  { className = '', text = '' }: { readonly className?: string; readonly text?: string } = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  if (className !== '') element.className = className;
  if (text !== '') element.textContent = text;
  element.append(...children);
  return element;
}

/** What was typed or searched by people: its direction is its own. */
export function createText(text: string, className = ''): HTMLElement {
  const element = createElement('span', { className, text });
  element.dir = 'auto';
  return element;
}
