/** Failures of a request, as they are answered: one body (`ApiError`), in the language of the request. */
import type { z } from 'zod';
import type { ApiError } from '#shared/contract/api.ts';
import type { Language } from '#shared/domain/model.ts';
import type { FieldProblem } from '#shared/domain/refusal.ts';

export type ApiErrorKind = ApiError['error'];

const statuses = {
  invalid_input: 400,
  unauthorized: 401,
  wrong_credentials: 401,
  too_many_attempts: 429,
  forbidden: 403,
  not_found: 404,
  link_unknown: 404,
  link_expired: 410,
  too_large: 413,
  empty_file: 400,
  wrong_offset: 409,
  wrong_hash: 422,
  id_reused: 409,
  stale: 409,
  too_many_uploads: 429,
  resync: 409,
  console_too_old: 426,
  unavailable: 503,
  disk_full: 507,
  internal: 500,
} as const satisfies Record<ApiErrorKind, number>;

const messages = {
  invalid_input: { fr: 'La demande contient des valeurs incorrectes.', en: 'The request contains wrong values.' },
  unauthorized: { fr: 'Votre session a pris fin : reconnectez-vous.', en: 'Your session has ended: please sign in again.' },
  wrong_credentials: { fr: 'Identifiant ou mot de passe incorrect.', en: 'Wrong login or password.' },
  too_many_attempts: {
    fr: 'Trop d’essais : attendez quelques minutes avant de réessayer.',
    en: 'Too many tries: wait a few minutes before trying again.',
  },
  forbidden: { fr: 'Vous n’êtes pas habilité à faire cela.', en: 'You are not allowed to do this.' },
  not_found: { fr: 'Introuvable, ou pas visible pour vous.', en: 'Not found, or not visible to you.' },
  link_unknown: {
    fr: 'Ce lien n’est pas valable : il est incomplet, ou il a été modifié.',
    en: 'This link is not valid: it is incomplete, or it was altered.',
  },
  link_expired: {
    fr: 'Ce lien n’est plus valable : son délai est passé.',
    en: 'This link is no longer valid: its time is over.',
  },
  too_large: { fr: 'L’envoi est trop volumineux.', en: 'The request is too large.' },
  empty_file: { fr: 'Le fichier est vide.', en: 'The file is empty.' },
  wrong_offset: {
    fr: 'Ce morceau ne suit pas ce qui est déjà arrivé : demandez où en est l’envoi.',
    en: 'This piece does not follow what has arrived: ask how far the upload is.',
  },
  wrong_hash: {
    fr: 'Le fichier est arrivé abîmé : envoyez-le de nouveau.',
    en: 'The file arrived damaged: send it again.',
  },
  id_reused: { fr: 'Cet identifiant a déjà servi pour autre chose.', en: 'This id was used before for something else.' },
  stale: {
    fr: 'Quelqu’un a modifié cela entre-temps : rechargez, puis recommencez.',
    en: 'Somebody changed this in the meantime: load it again, then repeat your change.',
  },
  too_many_uploads: {
    fr: 'Trop de fichiers envoyés attendent d’être joints : réessayez plus tard.',
    en: 'Too many uploaded files wait to be attached: try again later.',
  },
  resync: { fr: 'La console doit recharger ses données.', en: 'The console has to load its data again.' },
  console_too_old: { fr: 'Cette console est trop ancienne : mettez-la à jour.', en: 'This console is too old: please update it.' },
  unavailable: {
    fr: 'Le service s’arrête ou redémarre : réessayez bientôt.',
    en: 'The service is stopping or restarting: try again soon.',
  },
  disk_full: {
    fr: 'Le disque du serveur est plein : rien n’a été enregistré, réessayez plus tard.',
    en: 'The disk of the server is full: nothing was stored, try again later.',
  },
  internal: { fr: 'Le serveur a rencontré une erreur.', en: 'The server met an error.' },
} as const satisfies Record<ApiErrorKind, Record<Language, string>>;

export interface ApiFailureDetails {
  /** Replaces the kind's own message. */
  message?: Record<Language, string>;
  problems?: Record<Language, z.infer<typeof FieldProblem>[]>;
  /** Seconds. */
  retryAfter?: number;
  attemptsLeft?: number;
  /** Bytes. */
  limit?: number;
}

/** Thrown by routes and hooks; the error handler makes the answer of it. */
export class ApiFailure extends Error {
  readonly kind: ApiErrorKind;
  readonly details: ApiFailureDetails;
  constructor(kind: ApiErrorKind, details: ApiFailureDetails = {}) {
    super(messages[kind].en);
    this.name = 'ApiFailure';
    this.kind = kind;
    this.details = details;
  }
  get status(): number {
    return statuses[this.kind];
  }
  body(language: Language): ApiError {
    const { message, problems, retryAfter, attemptsLeft, limit } = this.details;
    return {
      error: this.kind,
      message: (message ?? messages[this.kind])[language],
      ...(problems && { problems: problems[language] }),
      ...(retryAfter !== undefined && { retryAfter }),
      ...(attemptsLeft !== undefined && { attemptsLeft }),
      ...(limit !== undefined && { limit }),
    };
  }
}

/** The first of fr and en that the header names ("fr-FR,fr;q=0.9,en;q=0.8"); English otherwise. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality = ''] = part.trim().split(';q=');
      return { language: tag.slice(0, 2).toLowerCase(), weight: quality === '' ? 1 : Number(quality) || 0 };
    })
    .filter((one) => (one.language === 'fr' || one.language === 'en') && one.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted[0]?.language === 'fr' ? 'fr' : 'en';
}
