/** better-sqlite3 does not fail on an older Node, it crashes: so this is asked before it is loaded. */
export function checkRuntime(napi: string | undefined = process.versions.napi): string | undefined {
  if (Number(napi) >= 10) return undefined;
  return (
    `This Node (${process.version}) is too old for Guichet: its Node-API level is ${napi ?? 'unknown'}, 10 is needed (Node 22.14 or newer).\n` +
    'Start the server with "npm run server", which brings its own Node.'
  );
}
