import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { NEW_TICKET } from '#shared/contract/core.ts';
import { openInput } from '../../server/desk-content.ts';
import { TestConsole } from './console.ts';
import type { Line } from './line.ts';
import { type Stage, setStage } from './stage.ts';

vi.setConfig({ testTimeout: 120_000 });

let stage: Stage;
let line: Line;
let ticketId: string;
beforeAll(async () => {
  stage = await setStage();
  line = await stage.newLine();
  ticketId = await (await stage.direct('farid')).open({ title: 'Typed and killed' });
});
afterAll(() => stage.close());

async function start(profile: string): Promise<TestConsole> {
  const core = await TestConsole.start(profile);
  await core.signIn(line.url, async () => (await stage.desk.signIn('amira')).tokens);
  await core.until('ticket', ticketId, (ticket) => ticket !== null);
  return core;
}

/** Where every form keeps what is typed into it (renderer/ticket), and the field that takes the letters. */
const forms = [
  ['note', 'text'],
  ['resolve', 'text'],
  ['wait', 'detail'],
  ['release', 'reason'],
  ['cancel', 'reason'],
  ['reopen', 'reason'],
  ['assign', 'reason'],
  ['set_urgency', 'reason'],
  ['edit_contact', 'place'],
  ['open', 'description'],
] as const;
const sentence = 'Le câble de remontée est débranché, je le remplace demain matin.';

test('what core has answered for is there after a kill at any key, in every form and in the note of a call', async () => {
  const profile = stage.newProfile();
  let core = await start(profile);
  const number = { typed: '01 99 00 12 34', e164: '+33199001234' };
  await core.call('startCall', { ticketId, personId: 'farid', number });
  const kept = new Map<string, string>();
  let keys = 0;
  // Another key each time; the last kill is in the middle of a save that nobody waited for.
  for (const killAt of [1, 9, 34, 61]) {
    for (; keys < killAt; keys++) {
      const text = sentence.slice(0, keys + 1);
      const [form, field] = forms[keys % forms.length] ?? forms[0];
      const place = form === 'open' ? NEW_TICKET : ticketId;
      await core.call('saveDraft', { ticketId: place, form, content: { [field]: text } });
      kept.set(form, text);
      await core.call('updateCall', { note: text, callbackAt: null });
      kept.set('call', text);
    }
    const late = core.call('saveDraft', { ticketId, form: 'note', content: { text: sentence } }).catch(() => undefined);
    await core.kill();
    void late;
    core = await start(profile);
    for (const [form, field] of forms) {
      const found = await core.call('readDraft', { ticketId: form === 'open' ? NEW_TICKET : ticketId, form });
      const text = found?.content[field];
      // What was on its way is there or not; never half of it.
      if (form === 'note' && text === sentence) await core.call('saveDraft', { ticketId, form, content: { text: kept.get(form) ?? '' } });
      else expect([form, text]).toEqual([form, kept.get(form)]);
    }
    expect(await core.now('call', undefined)).toMatchObject({ note: kept.get('call'), recovered: true });
  }
  await core.kill();
});

test('the draft of a new ticket ends in the very transaction that opens it, and comes back when that is undone', async () => {
  const profile = stage.newProfile();
  const core = await start(profile);
  await line.down();
  const content = { title: 'Typed for a caller' };
  const save = () => core.call('saveDraft', { ticketId: NEW_TICKET, form: 'open', content });
  const read = () => core.call('readDraft', { ticketId: NEW_TICKET, form: 'open' });
  await save();
  const performed = await core.perform('open', crypto.randomUUID(), openInput('farid', content), 'open');
  expect(performed).toMatchObject({ ok: true });
  expect(await read()).toBeNull();
  await core.call('undo', performed.ok ? performed.operationIds : []);
  expect(await read()).toMatchObject({ content });
  await line.up();
  await core.kill();
});
