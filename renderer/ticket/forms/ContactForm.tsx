import { IconAddressBook } from '@tabler/icons-react';
import { dialled, formatPhone, normalisePhone } from '#shared/domain/phone.ts';
import { useTicket } from '../ticket-context.ts';
import { FormFrame } from './FormFrame.tsx';
import { FormProblem } from './FormProblem.tsx';
import { TextField } from './fields.tsx';
import { PersonPicker } from './PersonPicker.tsx';
import { Picker } from './Picker.tsx';
import { useOperationForm } from './use-operation-form.ts';

/** How the number is understood, where that says more than what is typed. */
function phoneHintOf(typed: string, hint: string): string | undefined {
  return typed.trim() === '' || typed.trim() === hint ? undefined : hint;
}

/** Who is to be called, under which number, and where. */
export function ContactForm() {
  const { detail, desk, words, names } = useTicket();
  const { say } = words;
  const { ticket } = detail;
  const form = useOperationForm('edit_contact', {
    beneficiaryId: ticket.beneficiaryId,
    beneficiaryName: names.person(ticket.beneficiaryId) ?? '',
    phone: ticket.phone.typed,
    siteId: ticket.siteId,
    place: ticket.place,
  });
  const { beneficiaryId, beneficiaryName, phone, siteId, place } = form.content;
  const understood = normalisePhone(phone, desk.defaultCountry);
  const shown = formatPhone(understood, desk.defaultCountry);
  const phoneHint = phoneHintOf(phone, dialled(understood) ? shown : say('contactForm.phoneBad'));
  const isSame =
    beneficiaryId === ticket.beneficiaryId && phone === ticket.phone.typed && siteId === ticket.siteId && place === ticket.place;
  const send = (confirmed = false) =>
    void form.send(
      isSame ? { phone: say('form.alreadySo') } : {},
      (seen) => ({ beneficiaryId, phone, siteId, place, seenPhone: seen.phone.typed }),
      confirmed,
    );
  return (
    <FormFrame
      title={say('contactForm.title')}
      icon={<IconAddressBook size={16} stroke={1.5} />}
      submit={say('contactForm.title')}
      savedAt={form.savedAt}
      sending={form.sending}
      wrong={form.wrong}
      onSubmit={() => send()}
      onBack={form.back}
    >
      <TextField
        narrow
        autoFocus
        type="tel"
        label={say('contactForm.phone')}
        value={phone}
        maxLength={60}
        hint={phoneHint}
        error={form.errors.phone}
        onText={(text) => form.change({ phone: text }, 'phone')}
      />
      <PersonPicker
        label={say('contactForm.person')}
        placeholder={say('contactForm.search')}
        nothing={say('contactForm.nobody')}
        value={beneficiaryId}
        chosen={beneficiaryName}
        siteName={(id) => (id ? names.site(id) : undefined)}
        error={form.errors.beneficiaryId}
        onChoose={(person) =>
          form.change(
            {
              beneficiaryId: person.id,
              beneficiaryName: person.name,
              ...(person.phone ? { phone: person.phone.typed } : {}),
              ...(person.siteId ? { siteId: person.siteId } : {}),
              place: person.place,
            },
            'beneficiaryId',
            'phone',
          )
        }
      />
      <Picker
        narrow
        label={say('contactForm.site')}
        nothing={say('timeline.unknownCategory')}
        value={siteId}
        chosen={names.site(siteId) ?? siteId}
        options={desk.sites.map(({ id, name }) => ({ id, label: name }))}
        error={form.errors.siteId}
        onChoose={(option) => form.change({ siteId: option.id }, 'siteId', 'phone')}
      />
      <TextField
        narrow
        label={say('contactForm.place')}
        hint={say('contactForm.placeHint')}
        value={place}
        maxLength={200}
        error={form.errors.place}
        onText={(text) => form.change({ place: text }, 'place', 'phone')}
      />
      <FormProblem problem={form.problem} onAgain={() => send(true)} />
    </FormFrame>
  );
}
