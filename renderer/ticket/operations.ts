/**
 * How each operation looks in this window: its icon, its key, its place. Whether it is offered is never decided here:
 * core says so with every ticket.
 */
import {
  IconAddressBook,
  IconArrowBackUp,
  IconBan,
  IconCategory,
  IconCheck,
  IconHourglass,
  IconLink,
  IconLogin2,
  IconPaperclip,
  IconPencil,
  IconPhone,
  IconPlayerPlay,
  IconRotate,
  IconThumbDown,
  IconThumbUp,
  IconUrgent,
  IconUserShare,
} from '@tabler/icons-react';
import type { Offer, TicketDetail } from '#shared/contract/core.ts';

export interface OperationFace {
  name: string;
  icon: typeof IconPhone;
  /** One letter, on the selected ticket while no field has the focus. */
  k: string;
  /** Has a form in the pane. */
  form: boolean;
  /** Cannot be undone once sent, or ends the ticket: last in the menu. */
  final?: true;
}

/** In the order of the bar, then of the menu. */
export const faces: readonly OperationFace[] = [
  { name: 'claim', icon: IconLogin2, k: 'c', form: false },
  { name: 'log_call', icon: IconPhone, k: 't', form: false },
  { name: 'note', icon: IconPencil, k: 'n', form: false },
  { name: 'resume', icon: IconPlayerPlay, k: 'p', form: false },
  { name: 'wait', icon: IconHourglass, k: 'w', form: true },
  { name: 'resolve', icon: IconCheck, k: 'r', form: true },
  { name: 'attach', icon: IconPaperclip, k: 'm', form: true },
  { name: 'link', icon: IconLink, k: 'i', form: true },
  { name: 'assign', icon: IconUserShare, k: 'a', form: true },
  { name: 'release', icon: IconArrowBackUp, k: 'l', form: true },
  { name: 'set_urgency', icon: IconUrgent, k: 'u', form: true },
  { name: 'set_category', icon: IconCategory, k: 'q', form: true },
  { name: 'edit_contact', icon: IconAddressBook, k: 'b', form: true },
  { name: 'validate', icon: IconThumbUp, k: 'v', form: false },
  { name: 'refuse', icon: IconThumbDown, k: 'f', form: true },
  { name: 'reopen', icon: IconRotate, k: 'y', form: true },
  { name: 'cancel', icon: IconBan, k: 'x', form: true, final: true },
];

const faceByName = new Map(faces.map((face) => [face.name, face]));
export const faceOf = (name: string): OperationFace | undefined => faceByName.get(name);

export const offerOf = (detail: TicketDetail, name: string): Offer | undefined => detail.offers.find((offer) => offer.name === name);
export const isOffered = (detail: TicketDetail, name: string): boolean => offerOf(detail, name)?.offered ?? false;

export interface BarPlan {
  primary: OperationFace | null;
  /** In the bar, left to right, after the primary one; the last ones move into the menu first. */
  buttons: OperationFace[];
  menu: OperationFace[];
}

const inBar = ['note', 'resume', 'wait', 'resolve'];

/**
 * What stands where. The filled one: claim while that is offered, then the call until contact is met, then resolve.
 * In the pool the call stands beside the number only.
 */
export function planBar(detail: TicketDetail): BarPlan {
  const offered = faces.filter((face) => isOffered(detail, face.name));
  const has = (name: string) => offered.find((face) => face.name === name) ?? null;
  const contact = detail.clocks.find((clock) => clock.clock === 'contact');
  const isReached = contact === undefined || contact.state === 'met';
  const claim = has('claim');
  const primary = claim ?? (isReached ? has('resolve') : null) ?? (has('resolve') ? has('log_call') : null) ?? has('resume');
  const bar = claim ? inBar : ['note', 'log_call', 'resume', 'wait', 'resolve'];
  const buttons = bar.flatMap((name) => has(name) ?? []).filter((face) => face !== primary);
  const menu = offered.filter((face) => face !== primary && !buttons.includes(face) && face.name !== 'log_call');
  return { primary, buttons, menu };
}
