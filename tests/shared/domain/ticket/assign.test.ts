import { expect, test } from 'vitest';
import { at, heldByAmira, inPool, resolvedByAmira } from '../story.ts';

const to = (teamId: string, holderId: string | null, seenHolderId: string | null) => ({ teamId, holderId, reason: '', seenHolderId });

test('a lead gives a pool ticket to a technician: take-charge ends, and a claim that arrives later is refused with his name', () => {
  const story = inPool();
  story.do('lea', 'assign', to('network', 'bruno', null), '09:20');
  expect(story.now).toMatchObject({ holderId: 'bruno', heldSince: at('09:20') });
  expect(story.now.sla.poolStays).toEqual([{ from: at('09:00'), to: at('09:20') }]);
  expect(story.refused('amira', 'claim', {}, '09:25')).toMatchObject({ code: 'already_held', holderName: 'Bruno' });
});

test('the holder gives it to a colleague of the team, not to himself again and not to another team', () => {
  const story = heldByAmira();
  expect(story.try('amira', 'assign', to('network', 'amira', 'amira'), '10:00')).toEqual({ ok: true, superseded: true });
  expect(story.refused('amira', 'assign', to('office', 'chloe', 'amira'), '10:00')).toEqual({
    code: 'not_allowed',
    needs: 'lead',
    teamName: 'Réseau',
  });
  expect(story.do('amira', 'assign', to('network', 'bruno', 'amira'), '10:00').holderId).toBe('bruno');
  // Reassignment neither ends nor begins a stay, nor restarts contact.
  expect(story.now.sla.poolStays).toHaveLength(1);
  expect(story.now.sla.rounds[0]?.contactFrom).toBe(at('09:30'));
});

test('a technician who does not hold it assigns nothing', () => {
  expect(inPool().refused('amira', 'assign', to('network', 'bruno', null), '10:00')).toEqual({
    code: 'not_holder',
    holderId: null,
    holderName: null,
  });
});

test('a lead moves a ticket to the pool of another team: a further stay begins there', () => {
  const story = heldByAmira();
  story.do('lea', 'assign', to('office', null, 'amira'), '10:00');
  expect(story.now).toMatchObject({ teamId: 'office', holderId: null, counts: { routes: 1 } });
  expect(story.now.sla.poolStays.at(-1)).toEqual({ from: at('10:00'), to: null });
});

test('moving between pools leaves take-charge running', () => {
  const story = inPool();
  story.do('lea', 'assign', to('office', null, null), '10:00');
  expect(story.now.sla.poolStays).toEqual([{ from: at('09:00'), to: null }]);
});

test('a lead gives it to a technician of another team', () => {
  expect(inPool().do('lea', 'assign', to('office', 'chloe', null), '10:00')).toMatchObject({ teamId: 'office', holderId: 'chloe' });
});

test('nobody becomes holder who is not active in the team', () => {
  const invalid = { code: 'invalid', problems: [{ path: 'holderId', message: 'not_in_team' }] };
  expect(inPool().refused('lea', 'assign', to('network', 'chloe', null), '10:00')).toEqual(invalid);
  expect(inPool().refused('lea', 'assign', to('network', 'ines', null), '10:00')).toEqual(invalid);
  expect(inPool().refused('lea', 'assign', to('network', 'remi', null), '10:00')).toEqual(invalid);
  expect(inPool().refused('lea', 'assign', to('network', 'ghost', null), '10:00').code).toBe('unknown_reference');
  expect(inPool().refused('lea', 'assign', to('mars', null, null), '10:00')).toEqual({ code: 'unknown_reference', field: 'teamId' });
  expect(inPool().refused('lea', 'assign', to('network', null, null), '10:00').code).toBe('invalid');
});

test('an assignment made on another holder than the current one is shown with both', () => {
  expect(heldByAmira().refused('lea', 'assign', to('network', 'bruno', null), '10:00')).toEqual({
    code: 'changed',
    field: 'holder',
    seen: null,
    current: 'Amira',
  });
});

test('a resolved ticket can change hands, no clock runs for that; a closed one cannot', () => {
  const story = resolvedByAmira();
  const { sla } = story.now;
  expect(story.do('lea', 'assign', to('office', null, 'amira'), '11:30').sla).toEqual(sla);
  const closed = resolvedByAmira();
  closed.do('bea', 'validate', {}, '12:00');
  expect(closed.refused('lea', 'assign', to('network', 'bruno', 'amira'), '12:30').code).toBe('wrong_phase');
});
