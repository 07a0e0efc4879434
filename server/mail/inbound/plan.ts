/**
 * What is to be done with a mail, as it is written in its row before anything is done: an operation, then a file after the other. However often
 * it is begun anew, the ids are the same, and each has its effect once.
 */
import { createHash } from 'node:crypto';
import type { QuarantineAction } from '#shared/contract/quarantine.ts';
import type { Language, Person } from '#shared/domain/model.ts';
import { french } from '#shared/domain/typeset.ts';
import type { Verdict } from './judge.ts';
import { ownWords, titleOf } from './own-words.ts';
import type { InboundMail, MailFile } from './parse.ts';
import { cutText } from './plain-text.ts';

export interface Plan {
  /** What all ids come from. */
  seed: string;
  authorId: string;
  ticketId: string;
  /** Null: files only. */
  operation: { name: 'note' | 'open'; input: Record<string, unknown> } | null;
  visibility: 'internal' | 'public';
  /** The text did not fit: all of it is a file. */
  hasWholeText: boolean;
}

/** As `note` and `open` take it. */
const LONGEST_TEXT = 20_000;
const LONGEST_TITLE = 200;
const ROOM_FOR_NOTICES = 3_000;
const MOST_FILES = 20;

/** The same id for the same words: the form of a UUID of one's own making (RFC 9562, version 8). */
export function derivedId(...words: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(words)).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** A note with the person's own words, or a ticket with all of them. `categoryId`: of tickets that come by mail. */
export function planOf(
  verdict: Extract<Verdict, { kind: 'note' | 'open' }>,
  mail: InboundMail,
  limits: { maxFileBytes: number; categoryId: string },
): Plan {
  const { person } = verdict;
  const isNote = verdict.kind === 'note';
  const { text, hasWholeText } = fitted(isNote ? ownWords(mail.text, mail.subject) : mail.text, mail, limits.maxFileBytes, person.language);
  const common = { seed: mail.id, authorId: person.id, visibility: 'public', hasWholeText } as const;
  if (isNote) {
    const operation = text === '' ? null : ({ name: 'note', input: { text, visibility: 'public' } } as const);
    return { ...common, ticketId: verdict.ticket.id, operation };
  }
  const input = {
    kind: 'incident',
    title: titleOf(mail.subject, LONGEST_TITLE) || titleOf(mail.text.split('\n')[0] ?? '', LONGEST_TITLE) || mail.files[0]?.name,
    description: text,
    requesterId: person.id,
    beneficiaryId: person.id,
    phone: person.phone?.typed ?? '',
    place: person.place,
    siteId: verdict.siteId,
    categoryId: limits.categoryId,
    // The least that may be said of it: whoever sorts it asks.
    importance: 'person',
    relevance: 'hindered',
    duringCall: false,
    channel: 'portal',
  };
  return { ...common, ticketId: derivedId(mail.id, 'ticket'), operation: { name: 'open', input } };
}

/** The same by a technician's decision. `seed`: another one each time that somebody decides, since a refusal is remembered by its id. */
export function plannedBy(
  technician: Person,
  action: Exclude<QuarantineAction, { action: 'discard' }>,
  mail: InboundMail,
  seed: string,
  maxFileBytes: number,
): Plan {
  const by = { seed, authorId: technician.id };
  if (action.action === 'note') {
    const head = senderLine(mail, technician.language);
    const { text, hasWholeText } = fitted(`${head}\n\n${mail.text}`, mail, maxFileBytes, technician.language);
    const operation = { name: 'note', input: { text, visibility: 'internal' } } as const;
    return { ...by, ticketId: action.ticketId, operation, visibility: 'internal', hasWholeText };
  }
  const { action: _action, ...input } = action;
  const { text, hasWholeText } = fitted(mail.text, mail, maxFileBytes, technician.language);
  return {
    ...by,
    ticketId: derivedId(seed, 'ticket'),
    operation: { name: 'open', input: { ...input, description: text, duringCall: false, channel: 'portal' } },
    visibility: 'public',
    hasWholeText,
  };
}

/** Those that are taken, in order, and the names of those that are not. */
export function filesOf(mail: InboundMail, hasWholeText: boolean, maxFileBytes: number): { taken: MailFile[]; leftOut: string[] } {
  const all = hasWholeText ? [{ name: 'message.txt', bytes: Buffer.from(mail.text) }, ...mail.files] : mail.files;
  const taken = all.filter(({ bytes }) => bytes.length <= maxFileBytes).slice(0, MOST_FILES);
  return { taken, leftOut: all.filter((one) => !taken.includes(one)).map(({ name }) => name) };
}

function fitted(text: string, mail: InboundMail, maxFileBytes: number, language: Language): { text: string; hasWholeText: boolean } {
  const hasWholeText = text.length > LONGEST_TEXT - ROOM_FOR_NOTICES;
  const { leftOut } = filesOf(mail, hasWholeText, maxFileBytes);
  const notices = [
    ...(hasWholeText ? [words[language].cut] : []),
    ...(leftOut.length > 0 ? [words[language].leftOut(maxFileBytes / (1024 * 1024), leftOut.join(', '))] : []),
  ];
  const body = hasWholeText ? `${cutText(text, LONGEST_TEXT - ROOM_FOR_NOTICES)}…` : text;
  const whole = [body, ...notices].filter((one) => one !== '').join('\n\n');
  return { text: cutText(whole, LONGEST_TEXT).trim(), hasWholeText };
}

const words = {
  fr: {
    cut: '[Texte coupé : il est en entier dans message.txt.]',
    leftOut: (mib: number, names: string) => french`[Fichiers laissés de côté (${String(mib)} Mo au plus, 20 fichiers au plus) : ${names}]`,
  },
  en: {
    cut: '[The text was cut: all of it is in message.txt.]',
    leftOut: (mib: number, names: string) => `[Files left out (${mib} MB at most, 20 files at most): ${names}]`,
  },
} as const;

function senderLine({ from, subject }: InboundMail, language: Language): string {
  const who = from === null ? '?' : from.name === '' ? from.address : `${from.name} <${from.address}>`;
  return language === 'fr'
    ? french`Courriel reçu de ${who} (expéditeur non vérifié). Objet : ${subject}`
    : `Mail received from ${who} (sender not verified). Subject: ${subject}`;
}
