/** The parts of a browser that happy-dom lacks and the window needs; every day of the tests is lived in Paris. */
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { setServerOffset } from '../../renderer/time/now.ts';

process.env.TZ = 'Europe/Paris';

// Lists measure their box; here every box is a window of 1000 × 800.
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 800 });
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 1000 });
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 800 });
HTMLElement.prototype.scrollIntoView ??= () => undefined;

// The files of a worker share the modules of the window: the server’s time that one made up ends with it.
setServerOffset(0);

afterEach(() => cleanup());
