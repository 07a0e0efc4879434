/** Names of the channels between main and preload. Apart from the schemas, so that preload carries none of them. */
import type { HostCallName } from './host.ts';

export const hostChannel = (name: HostCallName) => `host:${name}` as const;
/** Main → window: the session changed. */
export const SESSION_CHANNEL = 'host:session';
/** Main → window: a ticket's id to show, or null for the lists. */
export const SHOW_CHANNEL = 'host:show';
/** Main → window, with a port to core; window → main: asks for a new one. */
export const PORT_CHANNEL = 'core:port';
/** Preload → page, as the data of a window message with the port. */
export const CORE_PORT = 'guichet:core-port';
