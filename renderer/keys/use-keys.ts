/**
 * The keyboard of the whole window: one listener, and a map of keys for each component that is there.
 * The map that came last is asked first. A first key of a sequence ("g p") holds the second back from every other map.
 */
import { useEffect, useRef } from 'react';
import { keepLetter } from './early-letters.ts';
import { actsWhileTyping, keyOf } from './key-names.ts';

export type KeyMap = Readonly<Record<string, ((event: KeyboardEvent) => void) | undefined>>;

const SEQUENCE_MS = 1200;
const repeatable = new Set(['j', 'k', 'arrowdown', 'arrowup', 'pagedown', 'pageup']);
const maps: { current: KeyMap }[] = [];
let pending: { key: string; until: number } | undefined;

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
}

/** Inside a menu, a dialog or a list of choices letters belong to it. */
function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="menu"], [role="dialog"], [data-combobox]') !== null;
}

/** What closes by Escape itself: a menu, a popover, a list of choices that hangs open from its field. */
const FLOATING = '[role="menu"], .mantine-Popover-dropdown, [aria-haspopup="listbox"][data-expanded]';
const closings = new WeakSet<Event>();
/** Asked before anybody has closed it: Escape closes what floats, and not what is behind it as well. */
function noteClosing(event: KeyboardEvent): void {
  if (event.key === 'Escape' && event.target instanceof HTMLElement && event.target.closest(FLOATING)) closings.add(event);
}

function find(key: string): ((event: KeyboardEvent) => void) | undefined {
  for (const map of maps.toReversed()) {
    const handler = map.current[key];
    if (handler) return handler;
  }
  return undefined;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph'].includes(event.key)) return;
  let key = keyOf(event);
  if (isField(event.target) && !actsWhileTyping(key)) return;
  if (isInOverlay(event.target) && !actsWhileTyping(key)) return;
  if (closings.has(event)) return;
  if (keepLetter(event)) {
    event.preventDefault();
    return;
  }
  if (pending && event.timeStamp < pending.until) {
    key = `${pending.key} ${key}`;
    pending = undefined;
  } else {
    pending = undefined;
    if (!event.repeat && maps.some((map) => Object.keys(map.current).some((name) => name.startsWith(`${key} `)))) {
      pending = { key, until: event.timeStamp + SEQUENCE_MS };
      event.preventDefault();
      return;
    }
  }
  if (event.repeat && !repeatable.has(key)) return;
  const handler = find(key);
  if (!handler) return;
  event.preventDefault();
  handler(event);
}

/** Does what the key would do now; for a list of commands that shows keys. False when nothing answers to it. */
export function press(key: string): boolean {
  const handler = find(key);
  handler?.(new KeyboardEvent('keydown', { key }));
  return handler !== undefined;
}

/**
 * While the component is there and `enabled`, its keys act. Single keys are silent while a field has the focus;
 * Ctrl, Alt, F-keys and Escape are not. A handled key's default is prevented. `last`: asked after every other map,
 * for what comes by itself and must not take a key away from what the person opened.
 */
export function useKeys(map: KeyMap, enabled = true, { last = false } = {}): void {
  const current = useRef(map);
  current.current = map;
  useEffect(() => {
    if (!enabled) return;
    if (maps.length === 0) {
      document.addEventListener('keydown', noteClosing, true);
      document.addEventListener('keydown', onKeyDown);
    }
    if (last) maps.unshift(current);
    else maps.push(current);
    return () => {
      maps.splice(maps.indexOf(current), 1);
      if (maps.length === 0) {
        document.removeEventListener('keydown', noteClosing, true);
        document.removeEventListener('keydown', onKeyDown);
        pending = undefined;
      }
    };
  }, [enabled, last]);
}
