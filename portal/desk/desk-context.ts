/** What every page knows of where it is. */
import { createContext, useContext } from 'react';
import type { PortalDesk } from '#shared/contract/portal.ts';
import type { PortalApi } from '../api/portal-api.ts';

/** Of the page's head: also where nobody is signed in. */
interface DeskHead {
  service: string;
  person: { id: string; name: string } | null;
  signOut: (() => void) | null;
}
export const DeskHeadContext = createContext<DeskHead>({ service: 'Guichet', person: null, signOut: null });
export const useDesk = (): DeskHead => useContext(DeskHeadContext);

/** Of the pages of somebody who is signed in. */
export interface Portal {
  api: PortalApi;
  desk: PortalDesk;
}
export const PortalContext = createContext<Portal | null>(null);
export function usePortal(): Portal {
  const portal = useContext(PortalContext);
  if (!portal) throw new Error('nobody is signed in here');
  return portal;
}
