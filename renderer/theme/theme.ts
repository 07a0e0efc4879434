/** Mantine dressed in the tokens: one accent, four text sizes, three radii, motion of at most 4 px. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, type MantineTransition } from '@mantine/core';

/** `--accent-ramp` of tokens.css. */
const accent: MantineColorsTuple = [
  '#EDF2FD',
  '#D5E1FA',
  '#AFC6F4',
  '#7FA2EA',
  '#4B7BDB',
  '#2558C9',
  '#1D49AB',
  '#183C8C',
  '#13306F',
  '#0E2452',
];

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

const bothSchemes: Record<string, string> = {
  '--mantine-color-body': 'var(--pane)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-default': 'var(--pane)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-control)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
  '--mantine-color-accent-light': 'var(--accent-soft)',
  '--mantine-color-accent-light-hover': 'var(--accent-soft)',
  '--mantine-color-accent-light-color': 'var(--accent)',
  '--mantine-color-accent-outline': 'var(--accent)',
  '--mantine-color-accent-text': 'var(--accent)',
};

/** Mantine draws outlines, grounds and hints with greys of its own, which differ by scheme. */
const light: Record<string, string> = {
  '--mantine-color-gray-0': 'var(--hover)',
  '--mantine-color-gray-1': 'var(--hover)',
  '--mantine-color-gray-2': 'var(--line)',
  '--mantine-color-gray-3': 'var(--line)',
  '--mantine-color-gray-4': 'var(--line-control)',
  '--mantine-color-gray-5': 'var(--text-3)',
  '--mantine-color-gray-6': 'var(--text-2)',
  '--mantine-color-gray-7': 'var(--text)',
};
const dark: Record<string, string> = {
  '--mantine-color-dark-0': 'var(--text)',
  '--mantine-color-dark-1': 'var(--text-2)',
  '--mantine-color-dark-2': 'var(--text-2)',
  '--mantine-color-dark-3': 'var(--text-3)',
  '--mantine-color-dark-4': 'var(--line-control)',
  '--mantine-color-dark-5': 'var(--hover)',
  '--mantine-color-dark-6': 'var(--raised)',
  '--mantine-color-dark-7': 'var(--pane)',
};

/** Mantine's own variables point at the tokens, so that one attribute switches everything. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...bothSchemes, ...light },
  dark: { ...bothSchemes, ...dark },
});
