import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import classes from './Resizer.module.css';

interface Props {
  label: string;
  /** Width in px of the pane at its left, and what it may be. */
  value: number;
  min: number;
  max: number;
  /** While it is dragged. */
  onMove(width: number): void;
  /** When it rests: to be remembered. */
  onRest(width: number): void;
}

/** The line between two panes: 1 px to see, 8 px to grip; arrow keys move it by 16. */
export function Resizer({ label, value, min, max, onMove, onRest }: Props) {
  const from = useRef<{ x: number; width: number } | undefined>(undefined);
  const clamp = (width: number) => Math.round(Math.min(max, Math.max(min, width)));

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width: value };
  }
  function onPointerMove(event: PointerEvent) {
    if (from.current) onMove(clamp(from.current.width + event.clientX - from.current.x));
  }
  function onPointerUp(event: PointerEvent) {
    if (!from.current) return;
    onRest(clamp(from.current.width + event.clientX - from.current.x));
    from.current = undefined;
  }
  function onKeyDown(event: KeyboardEvent) {
    const to = { ArrowLeft: value - 16, ArrowRight: value + 16, Home: min, End: max }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onMove(clamp(to));
    onRest(clamp(to));
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is not a rule between texts
    <div
      className={classes.grip}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        from.current = undefined;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
