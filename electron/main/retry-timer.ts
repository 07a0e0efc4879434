/**
 * Runs `work` after about `delay` ms, a fifth more or less, so that the consoles of a whole desk do not come back in the same
 * instant. Returns how to call it off.
 */
export function soon(work: () => void, delay: number): () => void {
  const timer = setTimeout(work, delay * (0.8 + Math.random() * 0.4));
  return () => clearTimeout(timer);
}
