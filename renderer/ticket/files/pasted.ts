/** Files out of the clipboard. */

const two = (figure: number) => String(figure).padStart(2, '0');

/** A picture that was never a file has one name for all of them; its hour ("capture-10-44-07.png", local time) tells them apart. */
export function namedByHour(file: File, now: number): File {
  if (file.name !== 'image.png') return file;
  const at = new Date(now);
  const hour = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join('-');
  return new File([file], `capture-${hour}.png`, { type: file.type });
}
