/** A yes or no of this browser. One that keeps nothing says no. */
export function keptMark(key: string): { get(): boolean; set(isOn: boolean): void } {
  return {
    get() {
      try {
        return localStorage.getItem(key) !== null;
      } catch {
        return false;
      }
    },
    set(isOn) {
      try {
        if (isOn) localStorage.setItem(key, '1');
        else localStorage.removeItem(key);
      } catch {
        // It is as if it had never been said.
      }
    },
  };
}
