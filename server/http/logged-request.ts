import type { FastifyRequest } from 'fastify';

/** A request as the log has it: without its query, in which names stand that somebody looks for, and what he is about to declare. */
export function loggedRequest({ method, url, host, ip, socket }: FastifyRequest): Record<string, unknown> {
  return { method, url: url.split('?', 1)[0], host, remoteAddress: ip, remotePort: socket?.remotePort };
}
