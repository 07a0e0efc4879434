import { useEffect, useRef, useState } from 'react';

/** Files that are pasted or let go anywhere on the page. Returns whether some are held over it. */
export function useIncomingFiles(onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const take = useRef(onFiles);
  take.current = onFiles;
  useEffect(() => {
    /** Entering a part of the page comes before leaving the one before. */
    let depth = 0;
    const enter = (by: number) => {
      depth = Math.max(0, depth + by);
      setOver(depth > 0);
    };
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const listeners = {
      paste(event: ClipboardEvent) {
        const files = [...(event.clipboardData?.files ?? [])];
        if (files.length === 0) return;
        event.preventDefault();
        take.current(files.map(namedByHour));
      },
      dragenter: (event: DragEvent) => carries(event) && enter(1),
      dragleave: (event: DragEvent) => carries(event) && enter(-1),
      dragover: (event: DragEvent) => carries(event) && event.preventDefault(),
      drop(event: DragEvent) {
        if (!carries(event)) return;
        event.preventDefault();
        enter(-depth);
        const files = [...(event.dataTransfer?.files ?? [])];
        if (files.length > 0) take.current(files);
      },
    };
    const all = Object.entries(listeners) as [string, EventListener][];
    for (const [name, listener] of all) document.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of all) document.removeEventListener(name, listener);
    };
  }, []);
  return over;
}

/** A picture that was never a file has one name for all of them; its hour tells them apart. */
function namedByHour(file: File): File {
  if (file.name !== 'image.png') return file;
  const at = new Date();
  const hour = [at.getHours(), at.getMinutes(), at.getSeconds()].map((figure) => String(figure).padStart(2, '0')).join('-');
  return new File([file], `capture-${hour}.png`, { type: file.type });
}
