import { Button } from '@mantine/core';
import { IconCheck, IconClock, IconPhone, IconPlayerPause, IconStar } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { PortalTicketView } from '#shared/contract/portal.ts';
import { formatPhone } from '#shared/domain/phone.ts';
import { usePortal } from '../desk/desk-context.ts';
import { useWords } from '../i18n/index.ts';
import { dayWords, hasPassed, instantWords, shortWords, type When } from '../time/words.ts';
import classes from './NowCard.module.css';
import { hasEnded, stateWords } from './state-words.ts';

interface Props {
  view: PortalTicketView;
  when: When;
}

/** A number is read in one piece. */
const unbroken = (text: string) => text.replaceAll(' ', '\u00a0');

/** What is to be expected now, or what waits for the reader. */
export function NowCard({ view, when }: Props) {
  const { t } = useWords();
  const { ticket, ending } = view;
  if (ticket.mayDecide) return <Solved view={view} when={when} />;
  // What was refused may be rated too, but what comes next is of more interest.
  if (ending.mayRate && hasEnded(ticket)) return <Rate view={view} when={when} />;
  const isRunning = ticket.wait === null && ticket.resolvedAt === null && !hasEnded(ticket);
  if (isRunning) return <Call view={view} when={when} />;
  const Icon = ticket.wait ? IconPlayerPause : IconCheck;
  return <Card calm icon={<Icon size={20} stroke={1.75} aria-hidden />} title={stateWords(ticket, when, t)} />;
}

function Call({ view: { ticket, phone }, when }: Props) {
  const { t } = useWords();
  const { desk } = usePortal();
  const { holderName: holder, callbackAt, promises, isBeneficiary, beneficiaryName } = ticket;
  const values = { holder: holder ?? '', name: beneficiaryName, phone: unbroken(formatPhone(phone, desk.defaultCountry)) };
  const due = holder === null ? promises.takeChargeBy : (callbackAt ?? promises.callBy);
  const [on, late] = holder === null ? ['takenBefore', 'takenLate'] : [callbackAt === null ? 'callBefore' : 'callAround', 'callLate'];
  const plain = holder === null ? t('state.pool') : t('ticket.heldBy', values);
  const title = due === null ? plain : t(`ticket.${hasPassed(due, when) ? late : on}`, { time: shortWords(due, when) });
  const who = isBeneficiary ? 'Me' : '';
  const isCallExpected = holder === null || callbackAt !== null || promises.callBy !== null;
  const text = isCallExpected ? t(`ticket.${holder === null ? 'taken' : 'calls'}${who}`, values) : undefined;
  const Icon = holder === null ? IconClock : IconPhone;
  return <Card icon={<Icon size={20} stroke={1.75} aria-hidden />} title={title} {...(text === undefined ? {} : { text })} />;
}

function Solved({ view: { ticket, ending }, when }: Props) {
  const { t } = useWords();
  const time = ending.resolution ? instantWords(ending.resolution.at, when) : '';
  const name = ending.resolution?.byName ?? '';
  return (
    <Card
      icon={<IconCheck size={20} stroke={2} aria-hidden />}
      title={t('tickets.resolvedBy', { name, time })}
      text={ending.resolution?.text ?? ''}
    >
      {(['yes', 'no'] as const).map((answer) => (
        <Button key={answer} component={Link} href={`/tickets/${ticket.id}?answer=${answer}`}>
          {t(`tickets.${answer}`)}
        </Button>
      ))}
    </Card>
  );
}

function Rate({ view: { ticket, ending }, when }: Props) {
  const { t } = useWords();
  const rating = ending.resolution?.rating;
  const until = ending.rateUntil ? ` ${t('ticket.rateUntil', { day: dayWords(ending.rateUntil, when) })}` : '';
  return (
    <Card
      calm
      icon={<IconStar size={20} stroke={1.75} aria-hidden />}
      title={stateWords(ticket, when, t)}
      text={`${rating ? t('ticket.rated', { duration: rating.duration, answers: rating.answers }) : t('ticket.rateWhy')}${until}`}
    >
      <Button component={Link} href={`/tickets/${ticket.id}?answer=rate`}>
        {t(rating ? 'ticket.rateAgain' : 'ticket.rate')}
      </Button>
    </Card>
  );
}

function Card({
  calm = false,
  icon,
  title,
  text,
  children,
}: {
  calm?: boolean;
  icon: ReactNode;
  title: string;
  text?: string;
  children?: ReactNode;
}) {
  return (
    <section className={classes.card} data-calm={calm || undefined}>
      {icon}
      <div>
        <p className={classes.title}>{title}</p>
        {text && <p className={classes.text}>{text}</p>}
      </div>
      {children && <div className={classes.answers}>{children}</div>}
    </section>
  );
}
