/** What the page takes from libraries beside what it uses itself: the build puts the imports of renderer/ here (empty-window.ts). */
export const used: readonly unknown[] = [];
