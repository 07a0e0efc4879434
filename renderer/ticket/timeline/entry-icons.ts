import {
  IconAddressBook,
  IconArrowBackUp,
  IconBan,
  IconBulb,
  IconCategory,
  IconCheck,
  IconCircleCheck,
  IconCircleMinus,
  IconFlag,
  IconHourglass,
  IconLink,
  IconLock,
  IconMessage,
  IconPaperclip,
  IconPhone,
  IconPhoneX,
  IconPlayerPlay,
  IconRecordMail,
  IconRotate,
  IconStar,
  IconThumbDown,
  IconThumbUp,
  IconUrgent,
  IconUser,
  IconUserShare,
  IconX,
} from '@tabler/icons-react';
import type { CallOutcome, Entry, EntryKind } from '#shared/domain/model.ts';

type Icon = typeof IconPhone;

export const outcomeIcons: Record<CallOutcome, Icon> = {
  reached: IconCheck,
  no_answer: IconPhoneX,
  busy: IconCircleMinus,
  voicemail: IconRecordMail,
  wrong_number: IconX,
};

const icons: Record<EntryKind, Icon> = {
  opened: IconFlag,
  claimed: IconUser,
  released: IconArrowBackUp,
  assigned: IconUserShare,
  urgency_set: IconUrgent,
  category_set: IconCategory,
  contact_edited: IconAddressBook,
  called: IconPhone,
  noted: IconLock,
  attached: IconPaperclip,
  linked: IconLink,
  waiting: IconHourglass,
  resumed: IconPlayerPlay,
  resolved: IconCheck,
  solution_proposed: IconBulb,
  validated: IconThumbUp,
  refused: IconThumbDown,
  rated: IconStar,
  reopened: IconRotate,
  cancelled: IconBan,
  auto_closed: IconCircleCheck,
  closed: IconCircleCheck,
};

/** The glyph in the gutter: a lock for what stays inside, the outcome for a call. */
export function entryIcon(entry: Entry): Icon {
  if (entry.kind === 'noted') return entry.visibility === 'internal' ? IconLock : IconMessage;
  if (entry.kind === 'called') return entry.data.outcome === 'reached' ? IconPhone : outcomeIcons[entry.data.outcome];
  return icons[entry.kind];
}
