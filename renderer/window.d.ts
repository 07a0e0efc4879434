import type { HostApi } from '#shared/contract/host.ts';

declare global {
  interface Window {
    readonly guichet: HostApi;
  }
}
