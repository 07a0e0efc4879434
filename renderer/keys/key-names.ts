/**
 * How keys are written in the code: "c", "/", "ctrl+k", "alt+1", "f1", "escape", and "g p" for one after the other.
 * "ctrl" is the command key on macOS.
 */
const isMac = () => /mac/i.test(navigator.platform);

/** The name of the key that an event stands for. Shift counts with letters and named keys only: "/" needs it on some layouts. */
export function keyOf(event: KeyboardEvent): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const modifiers: string[] = [];
  const altGraph = event.getModifierState?.('AltGraph') ?? false;
  if (!altGraph && (isMac() ? event.metaKey : event.ctrlKey)) modifiers.push('ctrl');
  if (!altGraph && event.altKey) modifiers.push('alt');
  if (event.shiftKey && (key.length > 1 || /\p{L}/u.test(key))) modifiers.push('shift');
  return [...modifiers, key].join('+');
}

/** Whether the key may act while a field has the focus: those that cannot be part of what one types. */
export function actsWhileTyping(key: string): boolean {
  return key.startsWith('ctrl+') || key.startsWith('alt+') || /^(shift\+)?f\d{1,2}$/.test(key) || key === 'escape';
}

/** For `aria-keyshortcuts`: "ctrl+k" is "Control+K", "g p" is "G P". */
export function ariaKeys(keys: string): string {
  return keys
    .split(' ')
    .map((chord) =>
      chord
        .split('+')
        .map((part) => {
          if (part === 'ctrl') return isMac() ? 'Meta' : 'Control';
          return part.length === 1 ? part.toUpperCase() : part[0]?.toUpperCase() + part.slice(1);
        })
        .join('+'),
    )
    .join(' ');
}

const symbols: Record<string, string> = { arrowup: '↑', arrowdown: '↓', arrowleft: '←', arrowright: '→' };

/** What stands on a key hint, one text a key press: "g p" gives ["G", "P"]. `named` words the keys that have a name. */
export function keyLabels(keys: string, named: (name: 'enter' | 'escape') => string): string[] {
  return keys.split(' ').map((chord) =>
    chord
      .split('+')
      .map((part) => {
        if (part === 'ctrl') return isMac() ? '⌘' : 'Ctrl';
        if (part === 'alt') return isMac() ? '⌥' : 'Alt';
        if (part === 'enter' || part === 'escape') return named(part);
        return symbols[part] ?? (part.length === 1 || /^f\d+$/.test(part) ? part.toUpperCase() : part);
      })
      .join(' '),
  );
}
