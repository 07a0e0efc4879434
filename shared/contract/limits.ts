/** Sizes that both ends know. Apart from the schemas, so that the window carries none of them for a number. */

/** Files travel in pieces of this many bytes, the last one shorter. */
export const CHUNK_BYTES = 1024 * 1024;
