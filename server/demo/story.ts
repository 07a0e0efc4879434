/** A ticket of the log as operations to import: the same every time for the same ticket and round. */
import type { ImportOperation } from '#shared/contract/api.ts';
import { SYSTEM_ACTOR } from '#shared/domain/access.ts';
import type { OperationInput, OperationName } from '#shared/domain/ticket/registry.ts';
import { type Beat, beatsOf } from './beats.ts';
import { instantWords, type PlannedCall, planCalls } from './calls.ts';
import type { Crew } from './crew.ts';
import { instantOfLocal, type Occurrence } from './cycle.ts';
import { type Draw, drawFor, uuidOf } from './draw.ts';
import type { TeamId } from './house.ts';
import type { Requester } from './people.ts';
import { drawSubject, drawUrgency, type Subject, workMinutes } from './subject.ts';
import {
  assignReasons,
  callNotes,
  nudges,
  progressNotes,
  ratingComments,
  refusalReasons,
  releaseReasons,
  reopenReasons,
  routeReasons,
  waitDetails,
} from './texts/phrases.ts';

const MINUTE_MS = 60_000;
const WEEK_MINUTES = 7 * 1440;
/** Goes round without coming back to the same places soon. */
const GOLDEN = 0.6180339887;
/** People choose it when they do not know better. */
const STRAY_CATEGORY = 'other';
/** Whose account is there to be tried leaves the answer to whoever tries it, for so many minutes. */
const ANSWERS_LATE = 4 * 1440;
/** Stands for the resolution before it. */
const LATEST = 'latest';
/** How many rate, and how often each mark is given. */
const ratings = {
  validated: { share: 0.7, often: { 5: 0.46, 4: 0.34, 3: 0.13, 2: 0.05, 1: 0.02 } },
  refused: { share: 0.25, often: { 3: 0.3, 2: 0.45, 1: 0.25 } },
} as const;
/** Nobody is called again after this many minutes without a resolution. */
const ROUND_AT_MOST = 10 * 1440;

export interface World {
  requesters: readonly Requester[];
  crew: Crew;
}
interface Step {
  minute: number;
  name: OperationName;
  actorId: string;
  input: Record<string, unknown>;
}

/** Operations in the order of their instants; all of them, also those still to come. */
export function storyOf(occurrence: Occurrence, world: World): ImportOperation[] {
  const { log, round, openedLocal } = occurrence;
  const key = `${log.ticket}/${round}`;
  const draw = drawFor(`story/${key}`);
  const openedMinute = Math.floor(openedLocal / MINUTE_MS + 3 * 1440) % WEEK_MINUTES; // 1 January 1970 was a Thursday
  const solved = log.operations.find((operation) => operation[1] === 'resolve')?.[0] ?? ROUND_AT_MOST;
  const urgency = drawUrgency(draw, workMinutes(openedLocal, openedLocal + solved * MINUTE_MS));
  const { firstTeam, team, beats } = beatsOf(log, key, openedMinute, urgency, world.crew, draw);
  const technician = world.crew.nameOf(world.crew.technician(team, key, 'colleague'));
  const turn = (occurrence.index * GOLDEN + round * 0.37) % 1;
  const subject = drawSubject(draw, world.requesters, key, { team, urgency, turn, openedLocal, technician });
  const strays = firstTeam !== team;

  const steps: Step[] = [];
  const at = (minute: number) => instantWords(instantOfLocal(openedLocal + minute * MINUTE_MS));
  function push<N extends OperationName>(minute: number, name: N, actorId: string, input: OperationInput<N>): void {
    steps.push({ minute, name, actorId, input: input as Record<string, unknown> });
  }
  const opening = openingOf(beats, firstTeam, draw, world.crew, key);
  push(
    0,
    'open',
    opening.technician ?? subject.requester.person.id,
    openInput(subject, strays ? STRAY_CATEGORY : subject.categoryId, opening.technician !== undefined),
  );
  // Who takes the call is holder at once: his claim is in the opening.
  const told = opening.holds ? beats.slice(1) : beats;
  const teller: Teller = { push, at, draw, marks: drawFor(`marks/${key}`), subject, noted: false, solutions: 0 };
  for (const beat of told) tell(beat, teller);
  for (const { call, by } of callsOf(beats, draw, openedMinute, opening.technician !== undefined)) tellCall(call, by, teller);
  return ordered(steps, key, at);
}

interface Opening {
  /** Has the caller on the line; undefined: on the portal. */
  technician: string | undefined;
  holds: boolean;
}
function openingOf(beats: readonly Beat[], firstTeam: TeamId, draw: Draw, crew: Crew, key: string): Opening {
  const [first, second] = beats;
  const atOnce = first?.kind === 'claim' && first.minute <= 3 && (second === undefined || second.minute >= first.minute);
  if (atOnce && draw.chance(0.7)) return { technician: first.by, holds: true };
  // A dispatcher takes calls for the others; what is his own team's he would hold at once.
  if (firstTeam !== 'dispatch' && draw.chance(0.1)) return { technician: crew.technician('dispatch', key, 'opener'), holds: false };
  return { technician: undefined, holds: false };
}

function openInput(subject: Subject, categoryId: string, phone: boolean): OperationInput<'open'> {
  const { scenario, language, requester, beneficiary, say } = subject;
  const words = scenario[language];
  return {
    kind: scenario.kind,
    title: say(words.title),
    description: say(words.description),
    requesterId: requester.person.id,
    beneficiaryId: beneficiary.person.id,
    phone: beneficiary.person.phone?.typed ?? '',
    place: beneficiary.person.place,
    siteId: beneficiary.siteId,
    categoryId,
    importance: subject.importance,
    relevance: subject.relevance,
    duringCall: phone,
    channel: phone ? 'phone' : 'portal',
  };
}

interface Teller {
  push<N extends OperationName>(minute: number, name: N, actorId: string, input: OperationInput<N>): void;
  at(minute: number): string;
  draw: Draw;
  /** What ratings are drawn from. */
  marks: Draw;
  subject: Subject;
  /** The diagnosis was written down. */
  noted: boolean;
  solutions: number;
}

function tell(beat: Beat, teller: Teller): void {
  const { push, at, draw, subject } = teller;
  const { say, scenario, language, beneficiary } = subject;
  const { minute } = beat;
  const any = (phrases: Record<typeof language, readonly string[]>) => say(draw.of(phrases[language]));
  switch (beat.kind) {
    case 'claim':
    case 'resume':
      push(minute, beat.kind, beat.by, {});
      break;
    case 'release':
      push(minute, 'release', beat.by, { reason: any(releaseReasons), seenHolderId: null });
      break;
    case 'assign': {
      const reason = any(beat.routed ? routeReasons : assignReasons);
      push(minute, 'assign', beat.by, { teamId: beat.team, holderId: beat.to, reason, seenHolderId: null });
      break;
    }
    case 'sort':
      push(minute, 'set_category', beat.by, { categoryId: subject.categoryId, seenCategoryId: STRAY_CATEGORY });
      break;
    case 'wait': {
      const wakeAt = beat.wakeAt === null ? null : at(beat.wakeAt);
      push(minute, 'wait', beat.by, { reason: beat.reason, detail: any(waitDetails[beat.reason]), wakeAt });
      break;
    }
    case 'note': {
      const text = teller.noted ? any(progressNotes) : say(scenario[language].note);
      teller.noted = true;
      push(minute, 'note', beat.by, { text, visibility: 'internal' });
      break;
    }
    case 'nudge':
      push(minute, 'note', beneficiary.person.id, { text: any(nudges), visibility: 'public' });
      break;
    case 'resolve': {
      const again = { fr: 'Repris avec la personne. ', en: 'Gone through again with the person. ' }[language];
      const text = (teller.solutions++ > 0 ? again : '') + say(scenario[language].solution);
      const [usual = 'remote', ...others] = scenario.codes;
      push(minute, 'resolve', beat.by, { text, code: others.length > 0 && draw.chance(0.25) ? draw.of(others) : usual });
      break;
    }
    case 'refuse':
      push(minute, 'refuse', beneficiary.person.id, { reason: any(refusalReasons) });
      tellRating(minute, 'refused', teller);
      break;
    case 'reopen':
      push(minute, 'reopen', beat.by, { reason: any(reopenReasons) });
      break;
    case 'validate': {
      const answered = minute + (subject.toBeTried ? ANSWERS_LATE : 0);
      push(answered, 'validate', beneficiary.person.id, {});
      tellRating(answered, 'validated', teller);
      break;
    }
    case 'auto_close':
    case 'close':
      push(minute, beat.kind, SYSTEM_ACTOR, { code: null });
      break;
  }
}

/** Most who are content say so, and few who are not. The solution's id is known once all is in its order. */
function tellRating(decided: number, decision: keyof typeof ratings, { push, marks, subject }: Teller): void {
  const { share, often } = ratings[decision];
  if (!marks.chance(share)) return;
  const { say, language, beneficiary } = subject;
  const mark = () => Number(marks.weighted(often));
  const [duration, answers] = [mark(), mark()];
  const words = duration + answers >= 8 ? ratingComments.good : ratingComments.bad;
  const comment = marks.chance(0.45) ? say(marks.of(words[language])) : '';
  // Work on what was refused may go on in the same minute.
  const minute = decision === 'refused' ? decided : decided + marks.between(1, 4);
  push(minute, 'rate', beneficiary.person.id, { resolutionId: LATEST, duration, answers, comment });
}

function tellCall(call: PlannedCall, by: string, teller: Teller): void {
  const { push, at, draw, subject } = teller;
  const { language, say, scenario, beneficiary } = subject;
  const diagnosis = call.outcome === 'reached' && !teller.noted && draw.chance(0.5);
  if (diagnosis) teller.noted = true;
  const template = diagnosis ? scenario[language].note : draw.of(callNotes[call.outcome][language]);
  push(call.minute, 'log_call', by, {
    outcome: call.outcome,
    number: beneficiary.person.phone?.e164 ?? '',
    startedAt: at(call.minute),
    duration: call.duration,
    note: say(template),
    callbackAt: call.callback === null ? null : at(call.callback),
  });
}

/** One series of attempts a round, each by whoever held the ticket then. */
function callsOf(beats: readonly Beat[], draw: Draw, openedMinute: number, onThePhone: boolean): { call: PlannedCall; by: string }[] {
  const calls: { call: PlannedCall; by: string }[] = [];
  let from: number | null = null;
  let holder: string | null = null;
  let first = true;
  let solved = false;
  const holders: { minute: number; by: string | null }[] = [];
  const holderAt = (minute: number) => holders.findLast((one) => one.minute <= minute)?.by ?? null;
  function plan(end: number): void {
    if (from === null) return;
    const needed = first && onThePhone ? 0.15 : 0.93;
    first = false;
    if (!draw.chance(needed)) return;
    for (const call of planCalls(draw, from, end, openedMinute)) {
      const by = holderAt(call.minute);
      if (by !== null) calls.push({ call, by });
    }
  }
  for (const beat of beats) {
    const before: string | null = holder;
    if (beat.kind === 'claim') holder = beat.by;
    else if (beat.kind === 'assign') holder = beat.to;
    else if (beat.kind === 'release') holder = null;
    if (holder !== before) holders.push({ minute: beat.minute, by: holder });
    if (beat.kind === 'refuse' || beat.kind === 'reopen') {
      from = holder === null ? null : beat.minute;
      solved = false;
    }
    if (from === null && holder !== null && !solved) from = beat.minute;
    if (beat.kind === 'resolve') {
      plan(beat.minute);
      from = null;
      solved = true;
    }
  }
  // Closed without a resolution.
  plan((from ?? 0) + ROUND_AT_MOST);
  return calls;
}

/** In time order; what happened in the same minute keeps the order in which it was told. */
function ordered(steps: readonly Step[], key: string, at: (minute: number) => string): ImportOperation[] {
  const sorted = steps.map((step, index) => ({ step, index })).sort((a, b) => a.step.minute - b.step.minute || a.index - b.index);
  let latest = '';
  let resolutionId = '';
  return sorted.map(({ step }, n) => {
    // In the hour that a clock change skips, two minutes of the log may change places.
    const instant = at(step.minute);
    latest = instant > latest ? instant : latest;
    const { name, actorId } = step;
    const id = uuidOf(`${key}/${n}`);
    if (name === 'resolve') resolutionId = id;
    const input = name === 'rate' ? { ...step.input, resolutionId } : step.input;
    return { id, name, ticketId: uuidOf(key), actorId, at: latest, input };
  });
}
