/** A ticket as its requester reads it: open, in the pool, his own. */
import type { PortalTicketView } from '#shared/contract/portal.ts';
import { NOW } from './fake-server.ts';

export function ticketView(id: string): PortalTicketView {
  return {
    ticket: {
      id,
      number: 'I-2026-000042',
      kind: 'incident',
      title: 'Plus de réseau',
      urgency: 'high',
      phase: 'open',
      isRequester: true,
      isBeneficiary: true,
      requesterName: 'Antoine Besson',
      beneficiaryName: 'Antoine Besson',
      holderName: null,
      openedAt: NOW,
      resolvedAt: null,
      closedAt: null,
      wait: null,
      callbackAt: null,
      promises: { takeChargeBy: '2026-05-04T12:15:00.000Z', callBy: null, resolveBy: null },
      resolvedByName: null,
      mayDecide: false,
      rating: null,
      timeZone: 'Europe/Paris',
    },
    description: '',
    phone: { typed: '04 65 71 12 09', e164: '+33465711209' },
    place: '',
    siteName: 'Lyon-Gerland',
    category: { fr: 'Réseau', en: 'Network' },
    ending: { resolution: null, mayDecide: false, mayRate: false, rateUntil: null, closesAt: null, refusals: 0, leadNames: [] },
    mayWrite: true,
    mayCancel: true,
    entries: [],
    names: {},
    serverTime: NOW,
  };
}
