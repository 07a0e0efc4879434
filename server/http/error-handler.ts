import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DatabaseUnavailableError } from '../db/store.ts';
import { ApiFailure, languageOf } from './api-failure.ts';

/** Seconds: a database that is started anew is there again by then. */
const RETRY_S = 5;
const onlyJson = { fr: 'Seul le JSON (application/json) est accepté.', en: 'Only JSON (application/json) is accepted.' };
const onlyBytes = {
  fr: 'Seuls des octets (application/octet-stream) sont acceptés.',
  en: 'Only bytes (application/octet-stream) are accepted.',
};
/** Somebody has to make room first. */
const FULL_DISK_RETRY_S = 30;

/** Every failure leaves as an `ApiError`; what nobody expected is logged whole and told as "internal". */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const failure = asFailure(error, request);
    if (failure.kind === 'internal' || failure.kind === 'disk_full') request.log.error({ err: error }, 'request failed');
    const { retryAfter } = failure.details;
    if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
    return reply.code(failure.status).send(failure.body(languageOf(request.headers['accept-language'])));
  });
  app.setNotFoundHandler(answerNoSuchAddress);
}

/** SQLite's word for it, those of the system, PostgreSQL's. */
function diskIsFull(code: string): boolean {
  return ['SQLITE_FULL', 'ENOSPC', 'EDQUOT', '53100'].includes(code);
}

function answerNoSuchAddress(request: FastifyRequest, reply: FastifyReply) {
  const failure = new ApiFailure('not_found', {
    message: { fr: 'Cette adresse n’existe pas sur ce serveur.', en: 'There is no such address on this server.' },
  });
  return reply.code(failure.status).send(failure.body(languageOf(request.headers['accept-language'])));
}

/** An address that no route can be looked up for: wrong escapes, or a part that is longer than any id. */
export function answerUnroutable(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void answerNoSuchAddress(request, reply);
}

function asFailure(error: FastifyError, request: FastifyRequest): ApiFailure {
  if (error instanceof ApiFailure) return error;
  // The same request may be taken soon: consoles wait, keep their order, and send it again under the same ids.
  if (error instanceof DatabaseUnavailableError) return new ApiFailure('unavailable', { retryAfter: RETRY_S });
  if (diskIsFull(error.code)) return new ApiFailure('disk_full', { retryAfter: FULL_DISK_RETRY_S });
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE': {
      const limit = Math.floor((request.routeOptions.bodyLimit ?? 0) / 1024);
      return new ApiFailure('too_large', {
        message: {
          fr: `L’envoi est trop volumineux : ${limit} Kio au plus.`,
          en: `The request is too large: ${limit} KiB at most.`,
        },
      });
    }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ApiFailure('invalid_input', { message: request.routeOptions.config.takesBytes ? onlyBytes : onlyJson });
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new ApiFailure('invalid_input', {
        message: { fr: 'Le contenu de la demande n’est pas du JSON valable.', en: 'The body of the request is not valid JSON.' },
      });
    default: {
      const status = error.statusCode ?? 500;
      return new ApiFailure(status >= 400 && status < 500 ? 'invalid_input' : 'internal');
    }
  }
}
