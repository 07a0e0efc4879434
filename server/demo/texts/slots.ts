/** The details of a demo ticket: chosen once, so that title, description, notes and solution agree with each other. */
import type { Language } from '#shared/domain/model.ts';
import { typesetFrench } from '#shared/domain/typeset.ts';
import type { Draw } from '../draw.ts';

export type Slots = Readonly<Record<string, string>>;
export interface Place {
  building: string;
  /** 1 to 4. */
  floor: number;
  /** As "B 214". */
  office: string;
}

const days: Record<Language, readonly string[]> = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
};
const floors: Record<Language, readonly string[]> = {
  fr: ['1er étage', '2e étage', '3e étage', '4e étage'],
  en: ['1st floor', '2nd floor', '3rd floor', '4th floor'],
};
const services: Record<Language, readonly string[]> = {
  fr: ['la comptabilité', 'les achats', 'la logistique', 'l’atelier', 'le marketing', 'les ressources humaines', 'le contrôle qualité'],
  en: ['accounting', 'purchasing', 'logistics', 'the workshop', 'marketing', 'human resources', 'quality control'],
};
const shares: Record<Language, readonly string[]> = {
  fr: ['RH', 'Compta', 'Achats', 'Plans', 'Qualité', 'Catalogue'],
  en: ['HR', 'Accounts', 'Purchasing', 'Drawings', 'Quality', 'Catalogue'],
};
const rooms = ['Garonne', 'Loire', 'Rhône', 'Seine', 'Dordogne', 'Meuse', 'Adour'];
const errors = ['412', 'E-1037', '0x8024', '79-0A', 'F-203', '50.2'];

/** `openedAt`: minutes of the local day, for the hours that texts name. */
export function drawSlots(
  draw: Draw,
  language: Language,
  place: Place,
  openedAt: number,
  names: { colleague: string; newcomer: string; technician: string },
): Slots {
  const clock = (minutes: number) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  const since = Math.floor(Math.max(0, openedAt - draw.between(20, 70)) / 15) * 15;
  const later = Math.min(18 * 60, Math.max(9 * 60, Math.ceil((openedAt + draw.between(90, 240)) / 30) * 30));
  return {
    ...names,
    ...place,
    floor: floors[language][place.floor - 1] ?? '',
    hour: clock(since),
    later: clock(later),
    day: draw.of(days[language]),
    service: draw.of(services[language]),
    share: draw.of(shares[language]),
    room: draw.of(rooms),
    error: draw.of(errors),
    n: String(draw.between(2, 9)),
    pc: `PC-${draw.between(2100, 8900)}`,
    printer: `IMP-${place.building}${place.floor}-0${draw.between(1, 4)}`,
    switch: `SW-${place.building}${place.floor}`,
    port: `Gi1/0/${draw.between(2, 46)}`,
    extension: `${draw.between(41, 48)}${draw.between(10, 99)}`,
    version: `${draw.between(4, 9)}.${draw.between(0, 9)}`,
    ref: `${draw.of(['VD', 'MV', 'TX', 'LN'])}-${draw.between(120, 980)}`,
  };
}

/** Puts the details in, sets French type, and begins with a capital. @throws Error on a slot that nothing fills */
export function fill(template: string, slots: Slots, language: Language): string {
  const text = template.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = slots[name];
    if (value === undefined) throw new Error(`Nothing fills {${name}} in: ${template}`);
    return value;
  });
  const agreed = language === 'fr' ? typesetFrench(contract(text)) : text;
  return agreed.charAt(0).toLocaleUpperCase(language) + agreed.slice(1);
}

/** "de les achats" is "des achats". */
function contract(text: string): string {
  return text
    .replace(/\bde les /g, 'des ')
    .replace(/\bde le /g, 'du ')
    .replace(/(?<=^|\s)à les /g, 'aux ')
    .replace(/(?<=^|\s)à le /g, 'au ')
    .replace(/\bde ([AEIOUÉÈ]\p{Ll})/gu, 'd’$1');
}
