/** One line of progress. */
export function say(line) {
  console.log(`[setup] ${line}`);
}

/** Setup cannot go on without the person; the message says what to do. */
export class Stop extends Error {}
