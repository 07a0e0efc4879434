/** What a ticket of the log is about here: who asks, from where, in which words, how urgent. All drawn from ticket and round. */
import type { Importance, Language, Relevance, Urgency } from '#shared/domain/model.ts';
import { urgencyOf } from '#shared/domain/urgency.ts';
import type { Draw } from './draw.ts';
import { houseCategories, type TeamId } from './house.ts';
import type { Requester } from './people.ts';
import type { Impact, Scenario } from './texts/scenario.ts';
import { drawSlots, fill, type Slots } from './texts/slots.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
/** Minutes of the local day between which most desks are open. */
const OPENS = 8 * 60;
const CLOSES = 18 * 60 + 30;

export interface Subject {
  requester: Requester;
  beneficiary: Requester;
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

/** What was taken and solved quickly was urgent, mostly; what lay for a day was not. */
function drawUrgency(draw: Draw, untilHeld: number, untilSolved: number): Urgency {
  if (untilHeld <= 25 && untilSolved <= 420) return draw.weighted({ high: 0.36, medium: 0.34, low: 0.3 });
  if (untilHeld <= 120 && untilSolved <= 800) return draw.weighted({ high: 0.12, medium: 0.5, low: 0.38 });
  if (untilHeld <= 300 && untilSolved <= 1900) return draw.weighted({ high: 0.02, medium: 0.45, low: 0.53 });
  return draw.weighted({ high: 0.012, medium: 0.13, low: 0.858 });
}

function drawScenario(draw: Draw, team: TeamId, urgency: Urgency): { categoryId: string; scenario: Scenario; impact: Impact } {
  const own = houseCategories.filter((one) => one.team === team);
  const fitting = (scenario: Scenario) =>
    scenario.impacts.filter(([importance, relevance]) => urgencyOf(importance, relevance) === urgency);
  const able = own.filter((one) => one.scenarios.some((scenario) => fitting(scenario).length > 0));
  const shares = Object.fromEntries(able.map((one) => [one.id, one.share]));
  const categoryId = draw.weighted(shares);
  const category = able.find((one) => one.id === categoryId);
  const scenario = draw.of((category?.scenarios ?? []).filter((one) => fitting(one).length > 0));
  return { categoryId, scenario, impact: draw.of(fitting(scenario)) };
}

/** Somebody who may well be at work at this hour: at night Montréal, not Lyon. */
function drawRequester(draw: Draw, requesters: readonly Requester[], minuteOfDay: number): Requester {
  const awake = ({ siteId }: Requester) =>
    siteId === 'montreal' ? minuteOfDay >= 14 * 60 : siteId === 'remote' || (minuteOfDay >= 6 * 60 + 30 && minuteOfDay < 20 * 60);
  let chosen = draw.of(requesters);
  for (let tries = 0; tries < 60 && !awake(chosen); tries++) chosen = draw.of(requesters);
  return chosen;
}

/** `openedLocal`: ms of Paris' wall clock; the other times in working minutes from the opening. */
export function drawSubject(
  draw: Draw,
  requesters: readonly Requester[],
  ticket: { team: TeamId; openedLocal: number; untilHeld: number; untilSolved: number; technician: string },
): Subject {
  const minuteOfDay = Math.floor(ticket.openedLocal / MINUTE_MS) % DAY_MINUTES;
  const beneficiary = drawRequester(draw, requesters, minuteOfDay);
  const { siteId, person, office } = beneficiary;
  const colleagues = requesters.filter((one) => one.siteId === siteId && one.person.language === person.language && one !== beneficiary);
  const colleague = draw.of(colleagues.length > 0 ? colleagues : requesters);
  const urgency = drawUrgency(draw, ticket.untilHeld, ticket.untilSolved);
  const { categoryId, scenario, impact } = drawScenario(draw, ticket.team, urgency);
  const [importance, relevance] = impact;
  const newcomer = draw.of(requesters.filter((one) => one.person.language === person.language)).person.name;
  const names = { colleague: colleague.person.name, newcomer, technician: ticket.technician };
  const slots = drawSlots(draw, person.language, office, minuteOfDay, names);
  return {
    requester: draw.chance(0.14) ? colleague : beneficiary,
    beneficiary,
    language: person.language,
    categoryId,
    scenario,
    importance,
    relevance,
    slots,
    say: (template) => fill(template, slots, person.language),
  };
}
