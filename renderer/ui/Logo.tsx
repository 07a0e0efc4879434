/** The counter window, in the accent colour. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" style={{ color: 'var(--accent)', flex: 'none' }}>
      <path d="M3 17V8.5a7 7 0 0 1 14 0V17" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      <path d="M1.5 17h17" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      <circle cx="10" cy="10.5" r="2" fill="currentColor" />
    </svg>
  );
}
