/** Second part: whoever asked does not find it solved, then does, and says how it was. */
import { expect } from '../../tests/e2e/expect.ts';
import type { Scene } from './scene.ts';

/** `number`: of the ticket that was solved. */
export async function answer(scene: Scene, number: string): Promise<void> {
  const { teller, console, page } = scene;
  const step = teller.step.bind(teller);
  const mine = await scene.sessionOf(scene.me);
  const id = await mine.ticketId(number);
  const { ticket } = await mine.ticket(id);
  const beneficiary = await scene.requester(ticket.beneficiaryId);
  const done = async (name: string, input: Record<string, unknown> = {}) =>
    expect(await beneficiary.operate(name, id, input)).toMatchObject({ status: 'applied' });

  teller.chapter('What the person says');
  await step('not solved: refused with a reason, it is back on top of what is mine', async () => {
    await console.show('mine');
    await page.mouse.move(0, 0);
    await done('refuse', { reason: 'Revenu dix minutes, puis de nouveau pareil.' });
    const refused = console.list.getByRole('option').filter({ hasText: console.say('shell:row.refused') });
    await expect(refused.filter({ hasText: ticket.title })).toBeVisible();
    await expect(console.list.getByRole('option').first()).toContainText(console.say('shell:row.refused'));
    return beneficiary.name;
  });
  await step('the reason is pinned above what happened, and was announced once', async () => {
    await console.list
      .getByRole('option')
      .filter({ hasText: console.say('shell:row.refused') })
      .filter({ hasText: ticket.title })
      .click();
    await expect(console.pin).toContainText('Revenu dix minutes, puis de nouveau pareil.');
    expect(await scene.numberInPane()).toBe(number);
    const banner = page.getByRole('region', { name: console.say('shell:alerts.label') });
    await expect(banner).toContainText(console.say('ticket:pin.refused', { name: beneficiary.name }));
    await scene.picture('refused');
    return undefined;
  });
  await step('solved once more, the reason goes', async () => {
    await console.resolve('Repris avec la personne, tenu une heure sans un défaut.', 'Matériel remplacé');
    await expect(console.pin).toBeHidden();
    await expect.poll(async () => (await beneficiary.ticket(id)).ticket.phase).toBe('resolved');
    return undefined;
  });
  await step('confirmed and rated: whoever solved it sees the marks and what was said', async () => {
    await done('validate');
    const solution = (await beneficiary.ticket(id)).resolutions.at(-1);
    await done('rate', { resolutionId: solution?.id, duration: 4, answers: 5, comment: 'Deux essais, mais très bien expliqué.' });
    await expect(console.pin).toContainText(console.say('ticket:pin.marks', { duration: 4, answers: 5 }));
    await expect(console.pin).toContainText('Deux essais, mais très bien expliqué.');
    await scene.picture('rated');
    return '4 and 5';
  });
}
