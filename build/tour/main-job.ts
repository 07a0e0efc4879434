/** First part: from the pool to the solution, and a colleague who works at the same time. Returns the number of what was solved. */
import { expect } from '../../tests/e2e/expect.ts';
import type { Scene } from './scene.ts';

export async function mainJob(scene: Scene): Promise<string> {
  const { teller } = scene;
  const step = teller.step.bind(teller);

  teller.chapter('The desk opens');
  await step('the demo desk is made, its server listens', async () => {
    await scene.openDesk();
    return scene.server.url;
  });
  await step('the console opens and asks who is there', async () => {
    await scene.openConsole();
    await expect(scene.console.loginField).toBeVisible();
    await scene.picture('sign-in');
    return undefined;
  });
  await step('a wrong password is refused, the name stays', async () => {
    await scene.console.signIn(scene.me.login, 'not this one');
    await expect(scene.page.getByText(scene.console.say('shell:failure.wrong'))).toBeVisible();
    return undefined;
  });
  await step('the right one opens the shared pool', async () => {
    await scene.console.signIn(scene.me.login, scene.me.password);
    await expect(scene.console.list.getByRole('option').first()).toBeVisible();
    await scene.console.closeGuide();
    await scene.console.isReady();
    await scene.console.closeWarning();
    return scene.me.name;
  });

  teller.chapter('A ticket, from the pool to the solution');
  const { console, page } = scene;
  let number = '';
  await step('a ticket of the pool is read; reading takes it from nobody', async () => {
    await scene.chooseInTime();
    number = await scene.numberInPane();
    await console.isHeldBy('nobody');
    await scene.picture('pool');
    return number;
  });
  await step('typing a note takes it', async () => {
    await console.typeNote('Je regarde à distance : ');
    await console.isHeldBy('me');
    await expect(console.undoButton).toBeVisible();
    await scene.picture('claimed-by-typing', { undo: true });
    await page.keyboard.type('rien d’anormal dans le journal du poste.');
    await page.keyboard.press('Control+Enter');
    await expect(console.timeline).toContainText('Je regarde à distance : rien d’anormal dans le journal du poste.');
    await console.leave();
    return undefined;
  });
  await step('one key calls the beneficiary', async () => {
    await console.dial();
    await expect.poll(() => scene.dialler.asked()).toHaveLength(1);
    const asked = scene.dialler.asked()[0] ?? '';
    expect(asked).toMatch(/^tel:\+\d{6,15}$/);
    return asked;
  });
  await step('beside it stands who is on the line: the place now, and what there was before', async () => {
    await expect(console.callerCard().getByRole('heading').last()).toHaveText(/\S/);
    await page.keyboard.type('Revenu hier soir, puis de nouveau ce matin à 9:20. Même chose chez sa voisine de bureau.');
    await scene.picture('call');
    return undefined;
  });
  await step('reached: one key keeps the outcome and the note, and contact is made', async () => {
    await console.endCall('reached');
    await expect(console.timeline).toContainText(console.say('ticket:timeline.called.reached'));
    const mine = await scene.sessionOf(scene.me);
    const id = await mine.ticketId(number);
    await expect.poll(async () => (await mine.ticket(id)).ticket.sla.rounds.at(-1)?.contactMetAt ?? null).not.toBeNull();
    await scene.picture('ticket');
    return undefined;
  });
  await step('the deadline explains itself', async () => {
    await page.keyboard.press('e');
    await expect(console.explanation).toBeVisible();
    await scene.picture('why-this-deadline');
    await page.keyboard.press('Escape');
    await expect(console.explanation).toBeHidden();
    return undefined;
  });
  await step('waiting for the supplier pauses the clocks', async () => {
    await console.wait('Pièce commandée, dossier 4471');
    await expect(console.pane).toContainText(console.say('ticket:timeline.waiting.supplier'));
    return undefined;
  });
  await step('resuming lets them go on', async () => {
    await console.resume();
    await expect(console.timeline).toContainText(console.say('ticket:timeline.resumed'));
    return undefined;
  });
  await step('solved, with a text and a code', async () => {
    await page.keyboard.press('r');
    await page
      .getByRole('textbox', { name: console.say('ticket:resolveForm.solution') })
      .fill('Matériel remplacé et vérifié avec la personne : plus rien à signaler après une heure.');
    await console.chooseCode('Matériel remplacé');
    await scene.picture('solve');
    await page.keyboard.press('Control+Enter');
    await expect(console.timeline).toContainText('Matériel remplacé et vérifié');
    const mine = await scene.sessionOf(scene.me);
    const id = await mine.ticketId(number);
    await expect.poll(async () => (await mine.ticket(id)).ticket.phase).toBe('resolved');
    return undefined;
  });

  teller.chapter('Not alone');
  await step('a colleague takes the ticket that one is looking at: it is seen as it happens', async () => {
    await console.show('pool');
    await console.list.getByRole('option').first().click();
    await console.isHeldBy('nobody');
    const other = await scene.sessionOf(scene.other);
    const taken = await scene.numberInPane();
    const outcome = await other.operate('claim', await other.ticketId(taken));
    expect(outcome.status).toBe('applied');
    await console.isHeldBy(other.name);
    await scene.picture('taken-by-a-colleague');
    return `${other.name}, ${taken}`;
  });
  await step('the mail about the solution has left', async () => {
    await expect.poll(() => scene.mails().some((mail) => mail.includes(number)), { timeout: 40_000 }).toBe(true);
    return undefined;
  });
  return number;
}
