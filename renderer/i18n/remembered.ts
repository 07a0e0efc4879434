const KEPT = 5_000;

/** What was made of the same parts before: the clock and each ticket ask for the same few words again and again. Emptied when full. */
export function remembered<T>(memory: Map<string, T>, key: string, make: () => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (memory.size >= KEPT) memory.clear();
  memory.set(key, made);
  return made;
}
