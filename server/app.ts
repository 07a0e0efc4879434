/** Puts the server together: database, routes, jobs. It listens only when told to. */
import { createRequire } from 'node:module';
import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { PROTOCOL_VERSION } from '#shared/contract/api.ts';
import { livingSessions } from './auth/sessions.ts';
import { type GuichetDatabase, openDatabase } from './db/database.ts';
import { deskCache } from './db/desk.ts';
import { isDemo } from './db/directory.ts';
import { openFileFolder } from './files/folder.ts';
import { FORGET_UPLOADS_EVERY_MS, forgetUploads } from './files/forget.ts';
import { type Access, checkAccess } from './http/access.ts';
import { answerErrors, answerUnroutable } from './http/error-handler.ts';
import { liveStreams } from './http/live-streams.ts';
import { loggedRequest } from './http/logged-request.ts';
import type { Services } from './http/services.ts';
import { validatorCompiler } from './http/validation.ts';
import { ALERTS_EVERY_MS, tellDueAlerts } from './jobs/alerts.ts';
import { ANSWERS_EVERY_MS, endUnanswered } from './jobs/answers.ts';
import { EXTEND_HOLIDAYS_EVERY_MS, extendHolidays } from './jobs/extend-holidays.ts';
import { type Every, everyInterval, repeat } from './jobs/repeat.ts';
import { endDuePauses, WAKE_UPS_EVERY_MS } from './jobs/wake-ups.ts';
import { FORGET_LINKS_EVERY_MS, forgetLinks } from './mail/forget.ts';
import { INBOUND_EVERY_MS, inboundJob } from './mail/inbound/job.ts';
import { MAILS_EVERY_MS, sendDueMails } from './mail/job.ts';
import { openPost } from './mail/post.ts';
import { seenPositions } from './operations/occurred.ts';
import { administrationRoutes } from './routes/administration.ts';
import { decisionRoutes } from './routes/decision.ts';
import { fileRoutes } from './routes/files.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/import.ts';
import { pageRoutes } from './routes/pages.ts';
import { portalRoutes } from './routes/portal.ts';
import { portalSessionRoutes } from './routes/portal-session.ts';
import { presenceRoutes } from './routes/presence.ts';
import { quarantineRoutes } from './routes/quarantine.ts';
import { sessionRoutes } from './routes/session.ts';
import { syncRoutes } from './routes/sync.ts';
import { type ServerSettings, SettingsError } from './settings.ts';

export interface RouteInfo {
  method: string;
  url: string;
  access: Access;
  /** Bytes. */
  bodyLimit: number;
}
export interface GuichetServer {
  /** Starts to listen; returns the address, as in `url`. */
  listen(): Promise<string>;
  /** Answers a request that came by no network. */
  inject: FastifyInstance['inject'];
  /** Lets running requests end, closes streams and the database. */
  close(): Promise<void>;
  /** "http://127.0.0.1:8080"; empty before `listen`. */
  readonly url: string;
  readonly database: GuichetDatabase;
  /** Every route there is. */
  readonly routes: readonly RouteInfo[];
}

export interface ServerOptions {
  clock: () => Date;
  every: Every;
  /** Of the API. */
  protocol: number;
}

const DEFAULT_BODY = 64 * 1024;
const IDLE_CHECK_MS = 100;

/** @throws SettingsError demo accounts are served on loopback only; FutureSchemaError, DatabaseUnavailableError */
export async function buildServer(settings: ServerSettings, options: Partial<ServerOptions> = {}): Promise<GuichetServer> {
  const { clock = () => new Date(), every = everyInterval, protocol = PROTOCOL_VERSION } = options;
  const database = await openDatabase({ dataDir: settings.dataDir, databaseUrl: settings.databaseUrl, clock });
  try {
    return await assemble(settings, database, { clock, every, protocol });
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function assemble(settings: ServerSettings, database: GuichetDatabase, options: ServerOptions): Promise<GuichetServer> {
  const { clock, every, protocol } = options;
  if (!settings.loopback && (await database.read(isDemo))) {
    throw new SettingsError([`HOST ${settings.host}: this database holds demo accounts, which are served on loopback only`]);
  }
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string };
  const streams = liveStreams((ids) => database.read((db) => livingSessions(db, ids)), every);
  const files = openFileFolder(settings.dataDir);
  const services: Services = {
    settings,
    version,
    protocol,
    database,
    desk: deskCache(),
    files,
    clock,
    seen: seenPositions(database),
    streams,
  };
  const stopTelling = database.onPosition(({ epoch, seq }) => streams.position({ epoch, seq }));
  const app = fastify({
    logger: {
      level: settings.logLevel,
      serializers: { req: loggedRequest },
      redact: [
        'req.headers.authorization',
        'req.headers.cookie',
        'req.headers["guichet-decision"]',
        'res.headers["set-cookie"]',
        'password',
        '*.password',
        'refreshToken',
        '*.refreshToken',
        'accessToken',
        '*.accessToken',
      ],
    },
    bodyLimit: DEFAULT_BODY,
    exposeHeadRoutes: false,
    frameworkErrors: answerUnroutable,
    // Behind a TLS proxy on the same machine the caller's address is the one that the proxy names.
    trustProxy: settings.publicUrl?.startsWith('https:') ? 'loopback' : false,
  }).withTypeProvider<ZodTypeProvider>();
  const routes: RouteInfo[] = [];
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/v1/') && (!route.config?.access || !route.schema))
      throw new Error(`Route ${route.url} says not who may, or what.`);
    for (const method of [route.method].flat())
      if (method !== 'HEAD')
        routes.push({ method, url: route.url, access: route.config?.access ?? 'public', bodyLimit: route.bodyLimit ?? DEFAULT_BODY });
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Guichet', description: 'The API between consoles and the server of Guichet.', version },
      components: { securitySchemes: { session: { type: 'http', scheme: 'bearer' } } },
    },
    transform: createJsonSchemaTransform({ zodToJsonConfig: { unrepresentable: 'any' } }),
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
  await app.register(cookie);
  checkAccess(app, services);
  healthRoutes(app, services);
  sessionRoutes(app, services);
  syncRoutes(app, services);
  fileRoutes(app, services);
  presenceRoutes(app, services);
  administrationRoutes(app, services);
  quarantineRoutes(app, services);
  importRoutes(app, services);
  portalSessionRoutes(app, services);
  portalRoutes(app, services);
  decisionRoutes(app, services);
  await pageRoutes(app);
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
    streams.close();
  });
  // An answer is one person's, whatever its address: the link of a mail stands in a header, which no cache between looks at.
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store');
  });
  // A connection kept for a further request would hold up the stop until it times out.
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
  await app.ready();
  let url = '';
  const publicUrl = () => settings.publicUrl ?? (url || `http://${settings.host}:${settings.port}`);
  const post = openPost(settings);
  const mails = { ...services, post, publicUrl, chance: Math.random, isClosing: () => closing };
  const failed = (what: string) => (error: unknown) => app.log.error({ err: error }, what);
  const inbound = settings.imap && inboundJob(services, settings.imap);
  const jobs = [
    repeat(() => database.alone('mails', () => sendDueMails(mails)), MAILS_EVERY_MS, failed('mails could not be sent'), every),
    repeat(() => database.alone('alerts', () => tellDueAlerts(services)), ALERTS_EVERY_MS, failed('alerts could not be told'), every),
    repeat(() => database.alone('wake-ups', () => endDuePauses(services)), WAKE_UPS_EVERY_MS, failed('pauses could not be ended'), every),
    repeat(() => database.alone('answers', () => endUnanswered(services)), ANSWERS_EVERY_MS, failed('answers could not be awaited'), every),
    repeat(
      () => database.alone('uploads', () => forgetUploads(services)),
      FORGET_UPLOADS_EVERY_MS,
      failed('uploads that nothing came of could not be removed'),
      every,
    ),
    repeat(
      () => database.alone('holidays', () => extendHolidays(services)),
      EXTEND_HOLIDAYS_EVERY_MS,
      failed('holidays could not be listed further'),
      every,
    ),
    repeat(
      () => database.alone('links', () => forgetLinks(services)),
      FORGET_LINKS_EVERY_MS,
      failed('old links could not be removed'),
      every,
    ),
    ...(inbound
      ? [repeat(() => database.alone('inbound mails', inbound.round), INBOUND_EVERY_MS, failed('mails could not be taken in'), every)]
      : []),
  ];

  return {
    listen: async () => {
      url = await app.listen({ host: settings.host, port: settings.port });
      return url;
    },
    inject: app.inject.bind(app),
    close: async () => {
      stopTelling();
      // One whose answer was being sent when the stop began is idle a moment later, and would be kept until it times out.
      const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_MS);
      await app.close().finally(() => clearInterval(idle));
      inbound?.stop();
      await Promise.all(jobs.map((job) => job.stop()));
      post.close();
      await database.close();
    },
    get url() {
      return url;
    },
    database,
    routes,
  };
}
