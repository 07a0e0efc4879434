import { type ReactNode, useEffect, useRef } from 'react';
import classes from './Cut.module.css';

/** One line, cut with an ellipsis where it does not fit; then, and only then, the whole text is in the tooltip. */
export function Cut({ children, className }: { children: ReactNode; className?: string | undefined }) {
  const reveal = (event: { currentTarget: HTMLElement }) => {
    const element = event.currentTarget;
    if (element.scrollWidth > element.clientWidth) element.title = element.textContent ?? '';
    else element.removeAttribute('title');
  };
  const span = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text in the same place is not what the tooltip says
  useEffect(() => span.current?.removeAttribute('title'), [children]);
  return (
    <span ref={span} className={className ? `${classes.cut} ${className}` : classes.cut} onPointerEnter={reveal}>
      {children}
    </span>
  );
}
