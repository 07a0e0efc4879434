/** What a ticket of the log is about here: who asks, from where, in which words, how urgent. All drawn from ticket and round. */
import type { Importance, Language, Relevance, Urgency } from '#shared/domain/model.ts';
import { urgencyOf } from '#shared/domain/urgency.ts';
import { type Draw, drawFor } from './draw.ts';
import { houseCategories, type TeamId } from './house.ts';
import { portalPeople, type Requester } from './people.ts';
import type { Impact, Scenario } from './texts/scenario.ts';
import { drawSlots, fill, type Slots } from './texts/slots.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** Minutes of the local day between which most desks are open. */
const OPENS = 8 * 60;
const CLOSES = 18 * 60 + 30;
/** Of the tickets that are opened by day: two a day of some ninety. */
const THEIR_SHARE = 0.022;

export interface Subject {
  requester: Requester;
  beneficiary: Requester;
  /** The beneficiary is one of those whose account is there to be tried. */
  toBeTried: boolean;
  language: Language;
  categoryId: string;
  scenario: Scenario;
  importance: Importance;
  relevance: Relevance;
  slots: Slots;
  /** A template in the ticket's language, with its details. */
  say(template: string): string;
}

/** Minutes of working time between two local instants (ms), roughly: Monday to Friday, 8:00 to 18:30. */
export function workMinutes(from: number, to: number): number {
  let minutes = 0;
  const day = DAY_MINUTES * MINUTE_MS;
  for (let start = Math.floor(from / day) * day; start < to; start += day) {
    const weekday = new Date(start).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    const low = Math.max(from, start + OPENS * MINUTE_MS);
    const high = Math.min(to, start + CLOSES * MINUTE_MS);
    if (high > low) minutes += (high - low) / MINUTE_MS;
  }
  return minutes;
}

/** What took days was seldom urgent. `untilSolved`: working minutes. */
export function drawUrgency(draw: Draw, untilSolved: number): Urgency {
  if (untilSolved <= 400) return draw.weighted({ high: 0.32, medium: 0.4, low: 0.28 });
  if (untilSolved <= 1500) return draw.weighted({ high: 0.15, medium: 0.45, low: 0.4 });
  return draw.weighted({ high: 0.012, medium: 0.36, low: 0.628 });
}

interface Matter {
  categoryId: string;
  scenario: Scenario;
  impact: Impact;
}
/** What depends on a building, a shop or a warehouse does not happen at home. */
const onPremises = /\{(?:floor|building|office|printer|switch|room)\}|dock|till|warehouse|reception|shop|door/i;
function needsPremises({ en }: Scenario): boolean {
  return onPremises.test(`${en.title} ${en.description} ${en.note} ${en.solution}`);
}

/** `turn` (0 up to 1) goes round the team's matters, so that neighbours differ. */
function chooseMatter(draw: Draw, team: TeamId, urgency: Urgency, turn: number): Matter {
  const fitting = (scenario: Scenario) =>
    scenario.impacts.filter(([importance, relevance]) => urgencyOf(importance, relevance) === urgency);
  const able = houseCategories
    .filter((one) => one.team === team)
    .flatMap(({ id, share, scenarios }) => {
      const own = scenarios.filter((one) => fitting(one).length > 0);
      return own.map((scenario) => ({ categoryId: id, scenario, weight: share / own.length }));
    });
  let left = turn * able.reduce((sum, one) => sum + one.weight, 0);
  const chosen =
    able.find((one) => {
      left -= one.weight;
      return left < 0;
    }) ?? able.at(-1);
  if (!chosen) throw new Error(`The team ${team} has nothing of ${urgency} urgency.`);
  return { ...chosen, impact: draw.of(fitting(chosen.scenario)) };
}

/** Somebody who may well be at work at this hour: at night Montréal, not Lyon. */
function drawRequester(draw: Draw, requesters: readonly Requester[], minuteOfDay: number, scenario: Scenario): Requester {
  const premises = needsPremises(scenario);
  const awake = ({ siteId }: Requester) =>
    siteId === 'remote'
      ? !premises
      : siteId === 'montreal'
        ? minuteOfDay >= 14 * 60 || minuteOfDay < 5 * 60
        : minuteOfDay >= 6 * 60 + 30 && minuteOfDay < 20 * 60;
  let chosen = draw.of(requesters);
  for (let tries = 0; tries < 60 && !awake(chosen); tries++) chosen = draw.of(requesters);
  return chosen;
}

/** By a draw of its own: whoever else would have had the ticket changes nothing of it. */
function drawPortalPerson(requesters: readonly Requester[], key: string, minuteOfDay: number): Requester | undefined {
  const draw = drawFor(`portal/${key}`);
  return minuteOfDay >= OPENS && minuteOfDay < CLOSES && draw.chance(THEIR_SHARE) ? draw.of(portalPeople(requesters)) : undefined;
}

/** `key` names the ticket; `openedLocal`: ms of Paris' wall clock. */
export function drawSubject(
  draw: Draw,
  requesters: readonly Requester[],
  key: string,
  ticket: { team: TeamId; urgency: Urgency; turn: number; openedLocal: number; technician: string },
): Subject {
  const minuteOfDay = Math.floor(ticket.openedLocal / MINUTE_MS) % DAY_MINUTES;
  const { categoryId, scenario, impact } = chooseMatter(draw, ticket.team, ticket.urgency, ticket.turn);
  const drawn = drawRequester(draw, requesters, minuteOfDay, scenario);
  const tried = drawPortalPerson(requesters, key, minuteOfDay);
  const beneficiary = tried ?? drawn;
  const { siteId, person, office } = beneficiary;
  const colleagues = requesters.filter((one) => one.siteId === siteId && one.person.language === person.language && one !== beneficiary);
  const colleague = draw.of(colleagues.length > 0 ? colleagues : requesters);
  const [importance, relevance] = impact;
  const newcomer = draw.of(requesters.filter((one) => one.person.language === person.language)).person.name;
  const names = { colleague: colleague.person.name, newcomer, technician: ticket.technician };
  const slots = drawSlots(draw, person.language, office, minuteOfDay, names);
  return {
    requester: draw.chance(0.14) ? colleague : beneficiary,
    beneficiary,
    toBeTried: tried !== undefined,
    language: person.language,
    categoryId,
    scenario,
    importance,
    relevance,
    slots,
    say: (template) => fill(template, slots, person.language),
  };
}
