import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// biome-ignore lint/style/noDefaultExport: vite asks for it
export default defineConfig({ root: import.meta.dirname, plugins: [react()], server: { host: '127.0.0.1' } });
