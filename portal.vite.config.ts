import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const at = (path: string) => resolve(import.meta.dirname, path);

/** The requesters' pages, which the server sends from its root. No script is written into the page: its policy allows none. */
export default defineConfig({
  root: at('portal'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: at('out/portal'),
    emptyOutDir: true,
    // Telephones of the last years, besides desktops.
    target: ['chrome111', 'firefox114', 'safari16.4'],
    modulePreload: { polyfill: false },
    // A file of its own for everything: the policy allows fonts and pictures from the server only.
    assetsInlineLimit: 0,
  },
});
