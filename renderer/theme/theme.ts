/** Mantine dressed in the tokens: one accent, four text sizes, three radii, motion of at most 4 px. */
import { createTheme, type MantineTransition } from '@mantine/core';
import { accent } from '../../resources/look/mantine.ts';

const rise: MantineTransition = {
  in: { opacity: 1, transform: 'translateY(0)' },
  out: { opacity: 0, transform: 'translateY(4px)' },
  transitionProperty: 'opacity, transform',
};
const pop = { transition: rise, duration: 120, timingFunction: 'cubic-bezier(.2, 0, 0, 1)' };

const floating = { transitionProps: pop, shadow: 'md', withinPortal: true } as const;

export const theme = createTheme({
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 5, dark: 5 },
  fontFamily: 'var(--font)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '16px', xl: '28px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '36px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '20px' },
  radius: { xs: '4px', sm: '4px', md: '6px', lg: '10px', xl: '10px' },
  defaultRadius: 'md',
  shadows: {
    xs: 'var(--shadow-card)',
    sm: 'var(--shadow-card)',
    md: 'var(--shadow-pop)',
    lg: 'var(--shadow-pop)',
    xl: 'var(--shadow-pop)',
  },
  headings: { fontWeight: '600' },
  cursorType: 'default',
  focusClassName: 'guichet-focus',
  respectReducedMotion: true,
  components: {
    Popover: { defaultProps: floating },
    Menu: { defaultProps: { ...floating, radius: 'lg' } },
    Tooltip: { defaultProps: { transitionProps: pop, openDelay: 400, events: { hover: true, focus: true, touch: false } } },
    Modal: { defaultProps: { transitionProps: pop } },
    Select: { defaultProps: { comboboxProps: floating, checkIconPosition: 'right' } },
    SegmentedControl: { defaultProps: { withItemsBorders: false, transitionDuration: 120 } },
    Button: { defaultProps: { variant: 'default' } },
  },
});
