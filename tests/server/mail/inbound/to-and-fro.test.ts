/** A mail that left, and what comes back of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendDueMails } from '../../../../server/mail/job.ts';
import { openPost } from '../../../../server/mail/post.ts';
import { letter } from './letters.ts';
import { type PostOffice, postOffice } from './post-office.ts';

let office: PostOffice;
beforeEach(async () => {
  office = await postOffice();
});
afterEach(() => office.close());

/** What the desk has written so far, to whom it may. */
async function letters(): Promise<{ to: string; raw: Buffer; id: string; replyTo: string }[]> {
  const { settings } = office.services;
  const mailing = { publicUrl: () => 'https://desk.example.org', chance: () => 0, isClosing: () => false };
  await sendDueMails({ ...office.services, ...mailing, post: openPost(settings) });
  const raws = readdirSync(settings.mailDir).map((file) => readFileSync(join(settings.mailDir, file)));
  return Promise.all(
    raws.map(async (raw) => {
      const { to, messageId = '', replyTo } = await simpleParser(raw);
      return { to: [to].flat()[0]?.value[0]?.address ?? '', raw, id: messageId, replyTo: replyTo?.value[0]?.address ?? '' };
    }),
  );
}

test('who answers the mail that he got writes on his ticket; the mail itself, and its answer to the desk’s own address, do not', async () => {
  const ticketId = await office.open();
  await office.must('amira', 'claim', ticketId);
  await office.must('amira', 'resolve', ticketId, { text: 'Done', code: 'solved' });
  office.setClock(1);
  const solved = (await letters()).filter(({ to }) => to === 'farid@example.org').at(-1);
  if (!solved) throw new Error('no mail');
  expect(solved.replyTo).toMatch(/^support\+[a-z2-7]{16}@desk\.example\.org$/);

  const headers = [`In-Reply-To: ${solved.id}`, `References: ${solved.id}`];
  expect(await office.receive(letter({ to: solved.replyTo, headers, text: 'Merci' }))).toMatchObject({
    state: 'noted',
    ticket_id: ticketId,
  });
  // Answered where a mailer that knows no Reply-To answers.
  expect(await office.receive(letter({ to: 'support@desk.example.org', subject: 'Re: Merci', headers, text: 'Hello?' }))).toMatchObject({
    state: 'quarantined',
    why: 'answer_without_code',
  });
  // Sent back or redirected as it is.
  expect(await office.receive(solved.raw)).toMatchObject({ state: 'dropped', why: 'own' });
  expect(await office.lines(ticketId)).toEqual(['farid public: Merci']);
  expect(await office.tickets()).toHaveLength(1);
});
