/** The counter window, in the accent colour. */
export function Logo() {
  return (
    <svg width="24" height="24" viewBox="0 0 20 20" aria-hidden="true" style={{ color: 'var(--accent)', flex: 'none' }}>
      <path d="M3 17V8.5a7 7 0 0 1 14 0V17M1.5 17h17" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      <circle cx="10" cy="10.5" r="2" fill="currentColor" />
    </svg>
  );
}
