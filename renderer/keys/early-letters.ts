/**
 * Letters that come between a key that opens a field and that field: fast fingers do not wait for a window. They are kept from
 * every other key map, and given to the field that takes the focus.
 */

const LONGEST_MS = 1000;

type Field = HTMLInputElement | HTMLTextAreaElement;
let held: { text: string; until: number } | undefined;

/** From now on letters wait for the next field that takes the focus, for a second at most. */
export function holdLetters(): void {
  if (held === undefined) document.addEventListener('focusin', onFocus);
  held = { text: '', until: performance.now() + LONGEST_MS };
}

/** The field does not come: its letters mean nothing. */
export function dropLetters(): void {
  if (held === undefined) return;
  held = undefined;
  document.removeEventListener('focusin', onFocus);
}

/** Whether the key was kept for the field that is about to come. */
export function keepLetter(event: KeyboardEvent): boolean {
  if (held === undefined) return false;
  if (performance.now() > held.until || event.key === 'Escape') {
    dropLetters();
    return false;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return false;
  held.text += event.key;
  return true;
}

function onFocus(event: FocusEvent): void {
  const field = event.target;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || held === undefined) return;
  const { text } = held;
  dropLetters();
  // After the drawing that gave it the focus, and before the next key.
  if (text !== '') queueMicrotask(() => type(field, text));
}

function type(field: Field, text: string): void {
  const from = field.selectionStart ?? field.value.length;
  const value = field.value.slice(0, from) + text + field.value.slice(field.selectionEnd ?? from);
  // Past React's own setter, so that it sees a change that a person made.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value);
  field.setSelectionRange(from + text.length, from + text.length);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}
