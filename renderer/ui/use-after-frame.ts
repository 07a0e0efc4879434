import { useEffect, useState } from 'react';

/**
 * The value as it was, until what else changed with it has been drawn; a frame later the new one. Where it is the value of something
 * else (`key`), it is the new one at once.
 */
export function useAfterFrame<T>(value: T, key: string): T {
  const [shown, setShown] = useState({ key, value });
  if (shown.key !== key) setShown({ key, value });
  const isOld = shown.key === key && shown.value !== value;
  useEffect(() => {
    if (!isOld) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      // In the frame itself it would be part of it.
      timer = setTimeout(() => setShown({ key, value }));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [isOld, key, value]);
  return isOld ? shown.value : value;
}
