/**
 * Counts what React renders again in a list, in the built page as it is: React tells a debugger's hook of each drawing, and marks in its
 * tree the components that it ran. They are recognised by what they draw: in a list, and there in a countdown (`data-tone`) or not.
 */

export interface Renders {
  /** Components of rows, or of the list around them. */
  rows: number;
  /** Components of countdowns in rows. */
  countdowns: number;
}
declare global {
  /** Since the last call. */
  var takeRenders: (() => Renders) | undefined;
  var __REACT_DEVTOOLS_GLOBAL_HOOK__: unknown;
}

/** Of React's own tree, what is read here. */
interface Fiber {
  tag: number;
  flags: number;
  child: Fiber | null;
  sibling: Fiber | null;
  return: Fiber | null;
  /** The same place in the drawing before; null: it is new. */
  alternate: Fiber | null;
  stateNode: unknown;
}

/** Runs in the page, before any script of it; whole in itself. */
export function countRenders(): void {
  /** React's numbers: components (function, class, forwarded ref, memo), elements, texts; and "it ran". */
  const components = new Set([0, 1, 11, 15]);
  const [element, text] = [5, 6];
  const RAN = 1;
  let counted = { rows: 0, countdowns: 0 };

  function drawnBy(fiber: Fiber): Element | null {
    if (fiber.tag === element) return fiber.stateNode as Element;
    if (fiber.tag === text) return (fiber.stateNode as Text).parentElement;
    for (let child = fiber.child; child !== null; child = child.sibling) {
      const found = drawnBy(child);
      if (found !== null) return found;
    }
    return null;
  }
  /** Where it draws nothing, what it stands in. */
  function placeOf(fiber: Fiber): Element | null {
    for (let at: Fiber | null = fiber; at !== null; at = at.return) {
      const drawn = at === fiber ? drawnBy(at) : at.tag === element ? (at.stateNode as Element) : null;
      if (drawn !== null) return drawn;
    }
    return null;
  }
  function walk(fiber: Fiber): void {
    if (components.has(fiber.tag) && (fiber.flags & RAN) !== 0) {
      const place = placeOf(fiber);
      if (place?.closest('[role=option] [data-tone]')) counted.countdowns += 1;
      else if (place?.closest('[role=listbox]')) counted.rows += 1;
    }
    // The same children as in the drawing before: nothing below was looked at.
    if (fiber.alternate !== null && fiber.child === fiber.alternate.child) return;
    for (let child = fiber.child; child !== null; child = child.sibling) walk(child);
  }

  const nothing = () => undefined;
  globalThis.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    checkDCE: nothing,
    inject: () => 1,
    onCommitFiberRoot: (_renderer: number, root: { current: Fiber }) => walk(root.current),
    onPostCommitFiberRoot: nothing,
    onCommitFiberUnmount: nothing,
    onScheduleFiberRoot: nothing,
    setStrictMode: nothing,
  };
  globalThis.takeRenders = () => {
    const taken = counted;
    counted = { rows: 0, countdowns: 0 };
    return taken;
  };
}
