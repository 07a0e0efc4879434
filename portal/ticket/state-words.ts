/** Where a ticket stands, in plain words for whoever asked or has the problem. */
import type { TFunction } from 'i18next';
import type { PortalTicket } from '#shared/contract/portal.ts';
import { dayWords, hasPassed, shortWords, type When } from '../time/words.ts';

/** Nothing more is to be expected of it. */
export function hasEnded({ phase }: PortalTicket): boolean {
  return phase === 'closed' || phase === 'cancelled';
}

export function stateWords(ticket: PortalTicket, when: When, t: TFunction): string {
  switch (ticket.phase) {
    case 'cancelled':
      return t('state.cancelled');
    case 'closed':
      return closedWords(ticket, when, t);
    case 'resolved':
      return t('state.toConfirm');
    case 'waiting':
      return waitingWords(ticket, when, t);
    case 'open':
      return ticket.holderName === null ? poolWords(ticket, when, t) : heldWords(ticket, ticket.holderName, when, t);
  }
}

function closedWords({ resolvedAt, closedAt, rating }: PortalTicket, when: When, t: TFunction): string {
  if (resolvedAt === null) return closedAt === null ? '' : t('state.closed', { day: dayWords(closedAt, when) });
  const day = dayWords(resolvedAt, when);
  return rating ? t('state.solvedRated', { day, rating: mark(rating, when) }) : t('state.solved', { day });
}
/** One figure for both marks. */
function mark({ duration, answers }: NonNullable<PortalTicket['rating']>, { language }: When): string {
  return ((duration + answers) / 2).toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB');
}

function waitingWords({ wait, isBeneficiary, beneficiaryName }: PortalTicket, when: When, t: TFunction): string {
  if (!wait) return '';
  const key = wait.reason === 'beneficiary' && isBeneficiary ? 'beneficiaryMe' : wait.reason;
  if (wait.wakeAt === null || hasPassed(wait.wakeAt, when)) return t(`state.${key}`, { name: beneficiaryName });
  return t(`state.${key}Until`, { name: beneficiaryName, time: shortWords(wait.wakeAt, when) });
}

function poolWords({ promises: { takeChargeBy } }: PortalTicket, when: When, t: TFunction): string {
  if (takeChargeBy === null) return t('state.pool');
  return t(hasPassed(takeChargeBy, when) ? 'state.poolLate' : 'state.poolBefore', { time: shortWords(takeChargeBy, when) });
}

function heldWords(ticket: PortalTicket, holder: string, when: When, t: TFunction): string {
  const { callbackAt, isBeneficiary, beneficiaryName, promises } = ticket;
  if (callbackAt !== null) {
    const key = hasPassed(callbackAt, when) ? 'callbackPast' : isBeneficiary ? 'callbackMe' : 'callback';
    return t(`state.${key}`, { holder, name: beneficiaryName, time: shortWords(callbackAt, when) });
  }
  const { callBy } = promises;
  if (callBy === null || hasPassed(callBy, when)) return t('state.held', { holder });
  return t('state.callBefore', { holder, time: shortWords(callBy, when) });
}
