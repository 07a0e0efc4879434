import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ApiError, ChunkQuery, UploadParams, UploadRequest, UploadState } from '#shared/contract/api.ts';
import { CHUNK_BYTES } from '#shared/contract/limits.ts';
import { visibleFile } from '../files/attached.ts';
import { announce, finish, howFar, receive } from '../files/uploads.ts';
import { callerOf } from '../http/access.ts';
import { ApiFailure } from '../http/api-failure.ts';
import type { Services } from '../http/services.ts';
import { NoBody, NoQuery } from '../http/validation.ts';
import type { ZodApp } from '../http/zod-app.ts';

const Bytes = z.instanceof(Uint8Array).refine((bytes) => bytes.length > 0);

export function fileRoutes(app: ZodApp, services: Services): void {
  const answers = { 200: UploadState, '4xx': ApiError, '5xx': ApiError };
  const personOf = (request: FastifyRequest) => callerOf(request).actor.id;

  app.post(
    '/v1/uploads',
    {
      config: { access: 'session', anyProtocol: true },
      schema: { summary: 'Announce a file, or ask how far it is', querystring: NoQuery, body: UploadRequest, response: answers },
    },
    (request) => announce(services, personOf(request), request.body),
  );

  app.get(
    '/v1/uploads/:id',
    {
      config: { access: 'session', anyProtocol: true },
      schema: { summary: 'How far an upload of mine is', params: UploadParams, querystring: NoQuery, response: answers },
    },
    (request) => howFar(services, personOf(request), request.params.id),
  );

  app.post(
    '/v1/uploads/:id/finish',
    {
      config: { access: 'session', anyProtocol: true },
      schema: {
        summary: 'All pieces are there: check the hash of the whole file',
        params: UploadParams,
        querystring: NoQuery,
        body: NoBody,
        response: answers,
      },
    },
    (request) => finish(services, personOf(request), request.params.id),
  );

  // Bytes are read as such on this route alone.
  app.register(async (bytes: ZodApp) => {
    bytes.removeAllContentTypeParsers();
    bytes.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    bytes.put(
      '/v1/uploads/:id',
      {
        config: { access: 'session', anyProtocol: true, takesBytes: true },
        bodyLimit: CHUNK_BYTES,
        schema: { summary: 'The next piece of a file', params: UploadParams, querystring: ChunkQuery, body: Bytes, response: answers },
      },
      (request) => receive(services, personOf(request), request.params.id, request.query.offset, request.body),
    );
  });

  app.get(
    '/v1/files/:id',
    {
      config: { access: 'session', anyProtocol: true },
      schema: {
        summary: 'The bytes of an attached file',
        params: UploadParams,
        querystring: NoQuery,
        response: {
          200: { description: 'The file, never to be shown in place', content: { 'application/octet-stream': { schema: z.unknown() } } },
          '4xx': ApiError,
          '5xx': ApiError,
        },
      },
    },
    async (request, reply) => {
      const { actor } = callerOf(request);
      const file = await services.database.read((db) => visibleFile(db, actor, request.params.id));
      if (!file) throw new ApiFailure('not_found');
      if (!(await services.files.holds(file.storedAs, file.size))) throw new ApiFailure('not_found', { message: lost });
      return reply
        .header('content-type', file.type)
        .header('content-length', file.size)
        .header('content-disposition', `attachment; filename="file"; filename*=UTF-8''${headerText(file.name)}`)
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cross-origin-resource-policy', 'same-origin')
        .header('cache-control', 'private, no-store')
        .send(services.files.read(file.storedAs));
    },
  );
}

const lost = {
  fr: 'Le serveur n’a plus ce fichier : son dossier n’a pas été restauré avec la base.',
  en: 'The server no longer has this file: its folder was not restored with the database.',
};

/** RFC 8187. */
function headerText(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
