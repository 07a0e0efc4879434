import classes from './Marked.module.css';

const START = '\ue000';
const END = '\ue001';

/** An excerpt with its matches marked: they stand between U+E000 and U+E001. */
export function Marked({ text }: { text: string }) {
  return text.split(START).map((piece, index) => {
    const [match = '', rest = ''] = index === 0 ? ['', piece] : piece.split(END);
    return (
      // The pieces of one text never change place.
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a fixed text
      <span key={index}>
        {match && <mark className={classes.mark}>{match}</mark>}
        {rest}
      </span>
    );
  });
}
