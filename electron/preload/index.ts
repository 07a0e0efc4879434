/**
 * What the page may ask of main: the named calls of the contract and the port to core, nothing generic. Only types of the
 * schemas come in here, so that no window parses a validation library before its first paint; main does the parsing.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { CORE_PORT, hostChannel, PORT_CHANNEL, SESSION_CHANNEL, SHOW_CHANNEL } from '#shared/contract/channels.ts';
import type { HostApi, HostCallName, SessionState } from '#shared/contract/host.ts';

function call<K extends HostCallName>(name: K): HostApi[K] {
  return ((input: unknown) => ipcRenderer.invoke(hostChannel(name), input)) as HostApi[K];
}

/** What main says on a channel; returns the unsubscriber. */
function hear<T>(channel: string, listener: (said: T) => void): () => void {
  const heard = (_event: unknown, said: T) => listener(said);
  ipcRenderer.on(channel, heard);
  return () => {
    ipcRenderer.removeListener(channel, heard);
  };
}

const api: HostApi = {
  boot: call('boot'),
  setSettings: call('setSettings'),
  chooseServer: call('chooseServer'),
  signIn: call('signIn'),
  signOut: call('signOut'),
  dial: call('dial'),
  openLink: call('openLink'),
  copyText: call('copyText'),
  saveText: call('saveText'),
  saveFile: call('saveFile'),
  onSession: (listener) => hear<SessionState>(SESSION_CHANNEL, listener),
  onShow: (listener) => hear<string | null>(SHOW_CHANNEL, listener),
  requestCorePort() {
    ipcRenderer.send(PORT_CHANNEL);
  },
};

contextBridge.exposeInMainWorld('guichet', api);

// A port cannot cross the bridge: it is posted to the page, and to no other origin.
ipcRenderer.on(PORT_CHANNEL, (event) => window.postMessage(CORE_PORT, window.location.origin, event.ports));
