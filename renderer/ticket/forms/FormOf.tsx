import { AssignForm } from './AssignForm.tsx';
import { AttachForm } from './AttachForm.tsx';
import { CategoryForm } from './CategoryForm.tsx';
import { ContactForm } from './ContactForm.tsx';
import { LinkForm } from './LinkForm.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import { ResolveForm } from './ResolveForm.tsx';
import { UrgencyForm } from './UrgencyForm.tsx';
import { WaitForm } from './WaitForm.tsx';

/** The form of an operation; null for those that have none. */
export function FormOf({ name }: { name: string }) {
  switch (name) {
    case 'resolve':
      return <ResolveForm />;
    case 'wait':
      return <WaitForm />;
    case 'attach':
      return <AttachForm />;
    case 'link':
      return <LinkForm />;
    case 'assign':
      return <AssignForm />;
    case 'set_urgency':
      return <UrgencyForm />;
    case 'set_category':
      return <CategoryForm />;
    case 'edit_contact':
      return <ContactForm />;
    case 'release':
    case 'reopen':
    case 'cancel':
    case 'refuse':
      return <ReasonForm name={name} />;
    default:
      return null;
  }
}
