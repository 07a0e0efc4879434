/** In the page's own process, in a world of its own: when the first row of a list was painted (gauge.ts: how a frame is known). */
const { ipcRenderer } = require('electron');

const observer = new MutationObserver(look);
observer.observe(document, { childList: true, subtree: true });

function look() {
  if (document.querySelector('[role=listbox] [role=option]') === null) return;
  observer.disconnect();
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const row = performance.now();
      // Where the first row comes with the first frame the browser has not entered that frame yet.
      const firstPaint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? row;
      const { timeOrigin } = performance;
      ipcRenderer.send('start-mark', { page: timeOrigin, firstPaint: timeOrigin + firstPaint, row: timeOrigin + row });
    };
    port2.postMessage(null);
  });
}
