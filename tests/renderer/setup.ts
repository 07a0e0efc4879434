/** The parts of a browser that happy-dom lacks and the window needs; every day of the tests is lived in Paris. */
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

process.env.TZ = 'Europe/Paris';

// Lists measure their box; here every box is a window of 1000 × 800.
Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => 800 });
Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => 1000 });
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 800 });
HTMLElement.prototype.scrollIntoView ??= () => undefined;

afterEach(() => cleanup());
