/** Two bars: the sign of a paused clock everywhere, plainer than a player's button. */
export function PausedBars({ size = 14 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M6 4v8M10 4v8" />
    </svg>
  );
}
